package io.flotilla.sessions.releases;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of Flotilla and all that it needs, in a class loader of its own, as in a web application. Like a server it shares
 * the container, the Servlet API and the log with others.
 */
final class Copy implements AutoCloseable {
    private static final List<String> SHARED = List.of(
            Node.class.getName(),
            "jakarta.",
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.apache.tomcat.",
            "org.apache.juli.",
            "org.apache.naming.",
            "org.slf4j.",
            "ch.qos.logback.");

    private final URLClassLoader loader;

    private Copy(URLClassLoader loader) {
        this.loader = loader;
    }

    /** This release. */
    static Copy ofThisRelease() throws IOException {
        return of(List.of());
    }

    /** This release with some classes in place of its own. */
    static Copy ofNextRelease(Path classes) throws IOException {
        return of(List.of(classes.toUri().toURL()));
    }

    private static Copy of(List<URL> first) throws IOException {
        List<URL> path = new ArrayList<>(first);
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            path.add(Path.of(each).toUri().toURL());
        }
        return new Copy(new URLClassLoader(path.toArray(URL[]::new), new Server()));
    }

    /** Starts a server with a member; returns when it has joined. */
    Node start(String cluster, String node, int port, List<String> members) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return (Node) loader.loadClass("io.flotilla.sessions.releases.Application")
                    .getMethod("start", String.class, String.class, int.class, List.class)
                    .invoke(null, cluster, node, port, members);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What a start begins with. */
    void initializeHazelcast() {
        try {
            loader.loadClass("io.flotilla.internal.HazelcastStatics")
                    .getMethod("initialize")
                    .invoke(null);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    /** What all web applications of a server see. */
    private static final class Server extends ClassLoader {
        Server() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (SHARED.stream().noneMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return Copy.class.getClassLoader().loadClass(name);
        }
    }
}
