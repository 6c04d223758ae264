package io.flotilla.storage;

import static java.util.Objects.requireNonNull;

import io.flotilla.spi.ClusterModule;
import io.flotilla.storage.internal.StorageModule;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Uploads and other files that all nodes share. Objects have names in namespaces; their bytes are immutable, kept once
 * however many objects share them, and durable before a call returns.
 *
 * <pre>{@code
 * Cluster cluster = Cluster.builder("shop")
 *         .install(Storage.module(s -> s.shared(Path.of("/mnt/uploads"))
 *                 .namespace("photos", n -> n.maxObjectSize(20_000_000))))
 *         .start();
 * Namespace photos = cluster.get(Storage.class).namespace("photos");
 * StoredObject photo = photos.put("2026/cat.jpg", stream, put -> put.contentType("image/jpeg"));
 * }</pre>
 *
 * <p>Thread-safe. Once the cluster is closed every method throws {@link IllegalStateException}.
 *
 * @since 0.1
 */
public interface Storage {

    /**
     * Describes the module.
     *
     * @param settings where objects are kept, and what should differ from the defaults
     * @return the module, for {@link io.flotilla.ClusterBuilder#install}
     * @throws IllegalArgumentException if a setting is missing or out of range
     * @throws IllegalStateException if a setting is made twice
     */
    static ClusterModule<Storage> module(Consumer<StorageBuilder> settings) {
        requireNonNull(settings, "settings");
        StorageBuilder builder = new StorageBuilder();
        settings.accept(builder);
        return new StorageModule(builder.build(), PutOptions::read);
    }

    /**
     * Returns a namespace. Any will do: it need not have been configured, and there is none to create.
     *
     * @param name 1 to 63 lower-case letters, digits and {@code -}
     * @return the namespace
     * @throws IllegalArgumentException if the name is none
     */
    Namespace namespace(String name);

    /**
     * Returns a servlet that serves the objects of a namespace to everybody. Map it to a path such as {@code /photos/*}:
     * what follows is an object's name. It answers GET and HEAD, with all conditions and ranges of RFC 9110 and the same
     * validators on every node; what a browser might run is saved rather than shown, see the module's README. An object is
     * saved under the word {@code filename} of its metadata, or else the last part of its name.
     *
     * @param namespace the namespace's name
     * @return a servlet, which may be declared to support asynchronous requests
     */
    Servlet servlet(String namespace);

    /**
     * Returns a servlet as {@link #servlet} does, but one that asks for a signature of {@link #sign} and answers 403
     * without.
     *
     * @param namespace the namespace's name
     * @return a servlet, which may be declared to support asynchronous requests
     */
    Servlet signedServlet(String namespace);

    /**
     * Answers a GET or HEAD with an object, as {@link #servlet} does, for applications that decide themselves who gets
     * what. A header {@code Cache-Control} that is set already stays; without, the answer may be kept, but is to be
     * validated each time. If there is no such object the answer is 404, in an outage 503.
     *
     * @param request the request
     * @param response the response, not committed yet
     * @param namespace the namespace's name
     * @param name the object's name
     * @throws IOException if the client has gone, or the file system fails
     */
    void send(HttpServletRequest request, HttpServletResponse response, String namespace, String name)
            throws IOException;

    /**
     * Lets whoever has the result get one path of a {@link #signedServlet} for some time. The signature is made with the
     * cluster's secret, and outlives changes of it as long as that secret is accepted. <b>In a cluster without a secret
     * anybody who knows the cluster's name can make one.</b> It says who may see an object now, not who may know of it:
     * such an address can be handed on.
     *
     * @param path the path as it stands in the address, from the first slash of the host on, percent-encoded, no query
     * @param time how long from now, 1 s to 365 d
     * @return the path with the signature as its query
     */
    String sign(String path, Duration time);

    /**
     * Gives up a node of a {@link StorageBuilder#mirror} that does not come back, for ever: others take its copies, and
     * nobody waits for it any more. What no other node holds is lost. Needs one node that is there; the others hear of it.
     *
     * @param node the id of its directory, 32 hexadecimal digits: the health check {@code storage-copies} names the nodes
     *     that are away
     * @throws IllegalArgumentException if there is no such node, or it is there
     * @throws IllegalStateException if the storage is no mirror
     */
    void decommission(String node);
}
