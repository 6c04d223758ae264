package io.flotilla.internal.security;

import io.flotilla.spi.Check;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the cluster's secrets come from. Its {@code toString} says where, never what. */
public sealed interface SecretSource {

    /**
     * The secrets as they are there now: the first proves, all are accepted.
     *
     * @throws IllegalArgumentException if there is none, or one is too short
     */
    List<byte[]> read();

    /** Secrets that the application brings along. */
    static SecretSource given(List<byte[]> secrets) {
        return new Given(
                secrets.stream().map(byte[]::clone).toList(),
                secrets.size() == 1 ? "secret" : secrets.size() + " secrets");
    }

    /** Secrets in a file; it may change while members run. */
    static SecretSource file(Path path) {
        return new SecretFile(path);
    }

    /** Secrets in an environment variable. */
    static SecretSource environment(String variable, UnaryOperator<@Nullable String> environment) {
        return new Variable(variable, environment);
    }

    /** Fixed secrets. */
    record Given(List<byte[]> secrets, String description) implements SecretSource {

        @Override
        public List<byte[]> read() {
            Check.that(!secrets.isEmpty(), "cluster.security must have at least one secret, was []");
            secrets.forEach(each -> SecretText.check(each, "among those given"));
            return secrets;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /** A text file with a secret a line, or a binary file with one secret. */
    record SecretFile(Path path) implements SecretSource {
        private static final Logger log = LoggerFactory.getLogger(SecretSource.class);
        private static final Set<PosixFilePermission> FOREIGN =
                Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

        @Override
        public List<byte[]> read() {
            byte[] content;
            try {
                content = Files.readAllBytes(path);
            } catch (IOException unreadable) {
                throw new IllegalArgumentException(
                        "cluster.security must name a readable secret file, was '" + path + "': " + unreadable,
                        unreadable);
            }
            try {
                return SecretText.parse(content, "in '" + path + "'");
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        }

        void warnIfExposed() {
            try {
                if (Files.getPosixFilePermissions(path).stream().anyMatch(FOREIGN::contains)) {
                    log.warn(
                            "every user of this host can read the cluster's secret in {}; whoever knows it can join the"
                                    + " cluster. Make it readable by the application's user only (chmod 600)",
                            path);
                }
            } catch (IOException | UnsupportedOperationException unknown) {
                log.debug("who may read {} is not known", path, unknown);
            }
        }

        @Override
        public String toString() {
            return "secret file " + path;
        }
    }

    /** A variable with one secret, or several with white space between them. */
    record Variable(String name, UnaryOperator<@Nullable String> environment) implements SecretSource {

        @Override
        public List<byte[]> read() {
            String value = environment.apply(name);
            Check.that(value != null, "cluster.security must have a secret in %s, which is not set", name);
            return SecretText.parse(String.valueOf(value).getBytes(StandardCharsets.UTF_8), "in " + name);
        }

        @Override
        public String toString() {
            return "secret in " + name;
        }
    }
}
