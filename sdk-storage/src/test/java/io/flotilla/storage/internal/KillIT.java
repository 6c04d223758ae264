package io.flotilla.storage.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.storage.internal.shared.HostDisk;
import io.flotilla.storage.internal.shared.SharedFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed again and again ({@code kill -9}), and begun anew in what it has left. */
@Tag("process")
class KillIT {
    private static final int LIVES = 15;

    private final Map<String, String> acknowledged = new HashMap<>();
    private final Map<String, String> begun = new HashMap<>();
    private final long seed = Long.getLong("flotilla.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void losesNothingAcknowledgedAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        for (int life = 0; life < LIVES; life++) {
            live(folder, life);
            assertWhatWasTold(folder, life);
        }
        assertNothingIsLeft(folder);
    }

    /** Kills it in the middle of something: after some line that it begins an operation with, or a moment later. */
    private void live(Path folder, int life) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestlessWriter.class.getName(),
                        folder.toString(),
                        String.valueOf(life),
                        String.valueOf(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int lines = 10 + random.nextInt(40);
        try (BufferedReader out = writer.inputReader(UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line);
                if (--lines == 0) {
                    boolean ended = writer.waitFor(random.nextInt(12_000), TimeUnit.MICROSECONDS); // anywhere in it
                    assertThat(ended).isFalse();
                    var unused = writer.toHandle().destroyForcibly(); // leaves its last words to be read
                }
            }
        }
        assertThat(writer.waitFor()).as("killed; seed %d", seed).isEqualTo(137);
    }

    private void take(String line) {
        String[] words = line.split(" ", 3);
        if (words.length < 3 || (!words[2].equals("-") && words[2].length() != 64)) {
            return; // cut off by the kill
        }
        if (words[0].equals("+")) {
            begun.put(words[1], words[2]);
        } else if (words[0].equals("=")) {
            acknowledged.put(words[1], words[2]);
            begun.remove(words[1]);
        }
    }

    private void assertWhatWasTold(Path folder, int life) throws IOException {
        Map<String, String> found = read(folder, life);
        for (int i = 0; i < 12; i++) {
            String name = "n" + i;
            String there = found.getOrDefault(name, "-");
            String told = acknowledged.getOrDefault(name, "-");
            assertThat(there)
                    .as("%s after life %d, seed %d", name, life, seed)
                    .isIn(told, begun.getOrDefault(name, told));
            acknowledged.put(name, there);
        }
        begun.clear();
    }

    /** Name to digest, of the bytes as they are. */
    private static Map<String, String> read(Path folder, int life) throws IOException {
        InstantSource clock = RestlessWriter.clock(life);
        SharedFolder backend = SharedFolder.open(new HostDisk(), folder, clock, RestlessWriter.GRACE);
        Map<String, String> found = new TreeMap<>();
        backend.forEachReference(latest -> {
            Content content = latest.visible(clock.millis());
            if (content != null) {
                try (Input in = backend.open(content.blob())) {
                    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate((int) in.size());
                    while (bytes.hasRemaining()) {
                        int unused = in.read(bytes, bytes.position());
                    }
                    String digest = digest(bytes.array());
                    assertThat(digest).isEqualTo(content.blob().sha256());
                    found.put(latest.name(), digest);
                }
            }
        });
        return found;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void assertNothingIsLeft(Path folder) throws IOException {
        Map<String, String> before = read(folder, LIVES);
        for (int life = LIVES; life < LIVES + 3; life++) {
            InstantSource clock = RestlessWriter.clock(life);
            SharedFolder backend = SharedFolder.open(new HostDisk(), folder, clock, RestlessWriter.GRACE);
            MemoryIndex index = new MemoryIndex();
            backend.forEachReference(index::found);
            Quotas quotas = new Quotas(StorageTests.config(), index, clock, () -> 0);
            new Sweeper(backend, index, new Objects(backend, index, quotas, clock), clock).sweep();
        }
        assertThat(read(folder, LIVES + 3)).as("seed %d", seed).isEqualTo(before);
        List<String> blobs = files(folder.resolve("blobs"));
        assertThat(blobs).hasSize((int) before.values().stream().distinct().count());
        assertThat(files(folder.resolve("temp"))).isEmpty();
        assertThat(files(folder.resolve("trash"))).isEmpty();
    }

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(each -> String.valueOf(each.getFileName()))
                    .toList();
        }
    }
}
