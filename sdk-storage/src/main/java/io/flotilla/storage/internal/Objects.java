package io.flotilla.storage.internal;

import io.flotilla.storage.StorageException;
import io.flotilla.storage.StorageException.Reason;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done with objects, whatever backend and whatever index. Thread-safe. */
final class Objects {
    private static final Logger log = LoggerFactory.getLogger(Objects.class);

    private final Backend backend;
    private final ReferenceIndex index;
    private final Quotas quotas;
    private final InstantSource clock;
    private final Commits commits;

    Objects(Backend backend, ReferenceIndex index, Quotas quotas, InstantSource clock) {
        this.backend = backend;
        this.index = index;
        this.quotas = quotas;
        this.clock = clock;
        this.commits = new Commits(backend, index, clock);
    }

    Limits limits(String namespace) {
        return quotas.limits(namespace);
    }

    Draft draft() {
        try {
            return backend.draft();
        } catch (IOException failure) {
            throw DiskFailures.of(failure);
        }
    }

    Optional<ObjectView> stat(String namespace, String name) {
        Reference reference = index.find(namespace, name);
        return reference == null ? Optional.empty() : ObjectView.of(reference, clock.millis());
    }

    Optional<OpenObject> open(String namespace, String name) {
        return stat(namespace, name).map(object -> {
            try {
                return new OpenObject(object, backend.open(object.content().blob()));
            } catch (NoSuchFileException absent) {
                throw lost(absent);
            } catch (IOException failure) {
                throw DiskFailures.of(failure);
            }
        });
    }

    List<ObjectView> list(String namespace, String prefix, String after, int limit) {
        long now = clock.millis();
        return index.list(namespace, prefix, after, limit, now).stream()
                .flatMap(each -> ObjectView.of(each, now).stream())
                .toList();
    }

    /** Gives the bytes of a draft a name. */
    ObjectView store(String namespace, String name, Draft draft, BlobKey blob, long size, PutRequest request) {
        long now = clock.millis();
        Content content =
                new Content(blob, size, request.contentTypeOrDefault(), request.metadata(), now, request.expires(now));
        return commit(namespace, name, draft, content, request.ifGeneration());
    }

    ObjectView copy(String namespace, String name, String target, String targetName, PutRequest request) {
        ObjectView original = stat(namespace, name).orElseThrow(Objects::notFound);
        Content content = original.content().copied(clock.millis(), request);
        try (Draft hold = backend.hold(original.content().blob())) {
            return commit(target, targetName, hold, content, request.ifGeneration());
        } catch (NoSuchFileException absent) {
            throw lost(absent);
        } catch (IOException failure) {
            throw DiskFailures.of(failure);
        }
    }

    private ObjectView commit(
            String namespace, String name, Draft draft, Content content, @Nullable Long ifGeneration) {
        try {
            draft.publish(content.blob());
            Reference stored = commit(namespace, name, content, ifGeneration);
            publishAgain(draft, content.blob());
            return new ObjectView(stored, content);
        } catch (IOException failure) {
            throw DiskFailures.of(failure);
        }
    }

    /** A sweep may have taken the blob for an orphan until now; from now on it has a reference. */
    private static void publishAgain(Draft draft, BlobKey blob) {
        try {
            draft.publish(blob);
        } catch (IOException failure) {
            log.debug(
                    "a blob was not seen again after its commit; should it be in the trash, readers take it out",
                    failure);
        }
    }

    private Reference commit(String namespace, String name, Content content, @Nullable Long ifGeneration)
            throws IOException {
        try (Reservation reservation = quotas.reservation(namespace)) {
            Reference stored = commits.commit(namespace, name, (present, generation) -> {
                requireCondition(ifGeneration == null || ifGeneration == generation);
                reservation.change(present, content);
                return content;
            });
            reservation.keep();
            return stored;
        }
    }

    private static void requireCondition(boolean holds) {
        if (!holds) {
            throw new StorageException(
                    Reason.CONDITION_FAILED,
                    "the object is not, or no longer, what the caller has asked for; nothing has changed",
                    null);
        }
    }

    /**
     * Deletes an object.
     *
     * @param ifGeneration null for whatever is there
     * @return whether there was one, of that generation
     */
    boolean delete(String namespace, String name, @Nullable Long ifGeneration) {
        try (Reservation reservation = quotas.reservation(namespace)) {
            Reference unused = commits.commit(namespace, name, (present, generation) -> {
                requireCondition(present != null && (ifGeneration == null || ifGeneration == generation));
                reservation.change(present, null);
                return null;
            });
            reservation.keep();
            return true;
        } catch (IOException failure) {
            throw DiskFailures.of(failure);
        } catch (StorageException refused) {
            if (refused.reason() == Reason.CONDITION_FAILED) {
                return false;
            }
            throw refused;
        }
    }

    /** Deletes an object whose time is over; its content is not visible any more, and counts for nothing. */
    boolean deleteExpired(Reference expired) {
        try {
            Reference unused = commits.commit(expired.namespace(), expired.name(), (present, generation) -> {
                requireCondition(present == null);
                return null;
            });
            return true;
        } catch (IOException failure) {
            throw DiskFailures.of(failure);
        } catch (StorageException refused) {
            if (refused.reason() == Reason.CONDITION_FAILED) {
                return false;
            }
            throw refused;
        }
    }

    private static StorageException notFound() {
        return new StorageException(Reason.NOT_FOUND, "there is no such object", null);
    }

    private static StorageException lost(NoSuchFileException absent) {
        return new StorageException(
                Reason.LOST,
                "the bytes of an object are gone from the storage's folder: restore it from a backup",
                absent);
    }
}
