package io.flotilla.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** One release of a web application: classes compiled from text, in a loader of their own. */
public final class ApplicationUnderTest implements AutoCloseable {
    private final URLClassLoader loader;

    private ApplicationUnderTest(URLClassLoader loader) {
        this.loader = loader;
    }

    /** Compiles its classes, as {@link #compile} does. */
    public static ApplicationUnderTest of(Path directory, String... classes) throws IOException {
        compile(directory, classes);
        URL[] path = {directory.toUri().toURL()};
        return new ApplicationUnderTest(new URLClassLoader(path, ApplicationUnderTest.class.getClassLoader()));
    }

    /**
     * Compiles classes of the package {@code shop}.
     *
     * @param directory an empty directory, may be absent
     * @param classes their declarations, each beginning with its kind: {@code class Cart …}
     */
    public static void compile(Path directory, String... classes) throws IOException {
        Files.createDirectories(directory);
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", directory.toString()));
        for (String each : classes) {
            String name =
                    each.replaceFirst("(class|enum|interface|record) ", "").split("\\W", 2)[0];
            Path source = directory.resolve(name + ".java");
            Files.writeString(source, "package shop; import java.util.*; public " + each);
            arguments.add(source.toString());
        }
        if (classes.length > 0) {
            int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            assertThat(failed).isZero();
        }
    }

    /** Its class loader. */
    public ClassLoader loader() {
        return loader;
    }

    /** A new object of one of its classes. */
    public Object create(String className) throws ReflectiveOperationException {
        return Class.forName(className, true, loader).getConstructor().newInstance();
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
