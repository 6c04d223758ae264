package io.flotilla.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.storage.Storage;
import io.flotilla.storage.StorageBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageConfigTest {
    private static final Path FOLDER = Path.of("/mnt");

    private static void assertRefused(Consumer<StorageBuilder> settings, String message) {
        assertThatThrownBy(() -> Storage.module(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void defaults() {
        assertThat(Storage.module(s -> s.shared(FOLDER)))
                .hasToString("StorageConfig[shared=/mnt, mirror=null, copies=2, zone=, weight=100, replaceAfter=PT10M,"
                        + " namespaces={}, grace=PT24H, sweepInterval=PT6H, backups=1]");
    }

    @Test
    void shared() {
        assertRefused(
                s -> {},
                "storage.shared must be set: the folder that all nodes share, was null; or storage.mirror instead");
        assertRefused(s -> s.shared(Path.of("here")), "storage.shared must be an absolute path, was here");
    }

    @Test
    void mirror() {
        assertRefused(
                s -> s.shared(FOLDER).mirror(FOLDER),
                "storage.mirror (/mnt) must not be set together with storage.shared (/mnt)");
        assertRefused(s -> s.mirror(Path.of("here")), "storage.mirror must be an absolute path, was here");
        assertRefused(s -> s.mirror(FOLDER).copies(0), "storage.copies must be between 1 and 7, was 0");
        assertRefused(s -> s.mirror(FOLDER).weight(0), "storage.weight must be between 1 and 1000000, was 0");
        assertRefused(
                s -> s.mirror(FOLDER).zone("z".repeat(101)), "storage.zone must be at most 100 characters, was 101");
        assertRefused(
                s -> s.mirror(FOLDER).replaceAfter(Duration.ofDays(8)),
                "storage.replaceAfter must be between PT0S and PT168H, was PT192H");
    }

    @Test
    void times() {
        assertRefused(
                s -> s.shared(FOLDER).grace(Duration.ofSeconds(599)),
                "storage.grace must be between PT10M and PT8760H, was PT9M59S");
        assertRefused(
                s -> s.shared(FOLDER).sweepInterval(Duration.ofSeconds(59)),
                "storage.sweepInterval must be between PT1M and PT720H, was PT59S");
    }

    @Test
    void backups() {
        assertRefused(s -> s.shared(FOLDER).backups(7), "storage.backups must be between 0 and 6, was 7");
    }

    @Test
    void namespaces() {
        assertRefused(
                s -> s.shared(FOLDER).namespace("Photos", n -> {}),
                "storage.namespace must be 1 to 63 lower-case letters, digits and '-', was Photos");
        assertRefused(
                s -> s.shared(FOLDER).namespace("a", n -> n.maxObjects(-1)),
                "storage.maxObjects must be 0 or more, was -1");
        assertRefused(
                s -> s.shared(FOLDER).namespace("a", n -> n.maxBytes(-1)),
                "storage.maxBytes must be 0 or more, was -1");
        assertRefused(
                s -> s.shared(FOLDER).namespace("a", n -> n.maxObjectSize(-1)),
                "storage.maxObjectSize must be 0 or more, was -1");
    }

    @Test
    void whatIsSetTwiceIsRefused() {
        assertThatThrownBy(() -> Storage.module(s -> s.shared(FOLDER).shared(FOLDER)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("storage.shared is set twice: first to /mnt, then to /mnt");
        assertThatThrownBy(() -> Storage.module(s -> s.namespace("a", n -> {}).namespace("a", n -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("storage.namespace a is set twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "ä ☃/😀.png", "..a", "a..", ".hidden", "a:b*?\"<>|"})
    void names(String name) {
        assertThat(Names.object(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", "a/..", "a\0b", "a\nb", "a\u007f",
                "a\u0085", "a\\b", "\ud800"
            })
    void noNames(String name) {
        assertThatThrownBy(() -> Names.object(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("storage.name must ")
                .hasMessageNotContainingAny("\n", "\0");
    }

    @Test
    void longNames() {
        assertThat(Names.object("ä".repeat(512))).hasSize(512);
        assertThatThrownBy(() -> Names.object("ä".repeat(512) + "a"))
                .hasMessage("storage.name must be 1 to 1024 bytes of UTF-8, was 513 characters long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "-a", "a_b", "a/b", "..", "ä"})
    void noNamespaces(String name) {
        assertThatThrownBy(() -> Names.namespace(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "text/plain; charset=utf-8", "application/vnd.a+json"})
    void contentTypes(String type) {
        assertThat(new PutRequest(type, Map.of(), null, null).contentTypeOrDefault())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "image", "image/", "/png", "a/b\r\nX: y", "a/b/c", "text/html,text/plain", "ä/b"})
    void noContentTypes(String type) {
        assertThatThrownBy(() -> new PutRequest(type, Map.of(), null, null))
                .hasMessageStartingWith("storage.contentType must be like image/png")
                .hasMessageNotContainingAny("\r", "\n");
    }

    @Test
    void metadata() {
        assertThatThrownBy(() -> new PutRequest(null, Map.of("A", "b"), null, null))
                .hasMessage("storage.metadata must have names of 1 to 64 lower-case letters, digits and '-', was A");
        assertThatThrownBy(() -> new PutRequest(null, Map.of("a", "b\r\n"), null, null))
                .hasMessageStartingWith("storage.metadata a must be at most 1,024 characters");
        assertThatThrownBy(() -> new PutRequest(null, Map.of(), Duration.ofMillis(999), null))
                .hasMessage("storage.keepFor must be between PT1S and PT876000H, was PT0.999S");
    }
}
