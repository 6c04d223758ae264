package io.flotilla.samples.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The application under test, laid out as a container wants it. */
final class WebApp {
    /** The classes are not on the tests' class path: only the containers' own class loaders find them. */
    private static final Path CLASSES = Path.of("../suite/target/classes");

    private static final Path DESCRIPTOR = Path.of("../suite/src/main/webapp/WEB-INF/web.xml");

    private WebApp() {}

    /** Explodes the application into a directory, with something more in its descriptor. */
    static void explode(Path directory, String more) throws IOException {
        copy(CLASSES, directory.resolve("WEB-INF/classes"));
        String descriptor = Files.readString(DESCRIPTOR).replace("</web-app>", more + "</web-app>");
        Files.writeString(directory.resolve("WEB-INF/web.xml"), descriptor);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(each -> {
                Path target = to.resolve(from.relativize(each).toString());
                try {
                    Files.createDirectories(target.getParent());
                    Files.copy(each, target);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }
}
