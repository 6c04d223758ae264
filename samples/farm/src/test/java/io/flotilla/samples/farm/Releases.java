package io.flotilla.samples.farm;

import io.flotilla.sessions.testkit.NextRelease;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Which release of Flotilla the nodes that start from now on run. */
final class Releases implements AutoCloseable {
    private static final String PROPERTY = "flotilla.webapp.jar";

    private final String present = System.getProperty(PROPERTY);
    private final Path next;

    private Releases(Path next) {
        this.next = next;
    }

    /** Makes the next release, in an empty directory. */
    static Releases in(Path directory) throws IOException {
        Path webapp = NodeSettings.webappJar().toRealPath();
        Path classes = NextRelease.compile(Path.of("../.."), directory, webapp.toString());
        return new Releases(jar(directory.resolve("webapp.jar"), classes, webapp));
    }

    /** The web application as it is, behind the classes that differ. */
    private static Path jar(Path jar, Path classes, Path webapp) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "io.flotilla.samples.webapp.Main");
        main.put(Attributes.Name.CLASS_PATH, classes.toUri() + " " + webapp.toUri());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream file = new JarOutputStream(out, manifest)) {
            file.finish();
        }
        return jar;
    }

    void useNext() {
        System.setProperty(PROPERTY, next.toString());
    }

    void usePresent() {
        System.setProperty(PROPERTY, present);
    }

    /** Whether a node runs the next release. */
    boolean isNext(Node node) {
        return ProcessHandle.of(node.pid())
                .flatMap(process -> process.info().commandLine())
                .orElse("")
                .contains(next.toString());
    }

    @Override
    public void close() {
        usePresent();
    }
}
