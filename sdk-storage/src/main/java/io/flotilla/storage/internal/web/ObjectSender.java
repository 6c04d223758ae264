package io.flotilla.storage.internal.web;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.storage.Namespace;
import io.flotilla.storage.ObjectContent;
import io.flotilla.storage.StorageException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Answers requests with objects. */
public final class ObjectSender {
    private static final String RETRY_SECONDS = "2";

    private final Function<String, Namespace> namespaces;
    private final InstantSource clock;

    public ObjectSender(Function<String, Namespace> namespaces, InstantSource clock) {
        this.namespaces = namespaces;
        this.clock = clock;
    }

    /** Answers a GET or HEAD. */
    public void send(HttpServletRequest request, HttpServletResponse response, String namespace, String name)
            throws IOException {
        try {
            Optional<ObjectContent> found = open(namespace, name);
            if (found.isEmpty()) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            try (ObjectContent content = found.get()) {
                new ObjectResponse(request, response, content, clock.millis()).send();
            }
        } catch (ClusterUnavailableException | StorageException unavailable) {
            response.setHeader("Retry-After", RETRY_SECONDS);
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    /** There is nothing under a name that is none. */
    private Optional<ObjectContent> open(String namespace, String name) {
        Namespace space = namespaces.apply(namespace);
        try {
            return space.open(name);
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }
}
