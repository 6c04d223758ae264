package io.flotilla.storage.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flotilla.storage.StoredObject;
import io.flotilla.storage.internal.shared.FaultDisk;
import io.flotilla.storage.internal.shared.FaultDisk.Unforced;
import io.flotilla.storage.internal.shared.SharedFolder;
import io.flotilla.testkit.TestTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** A storage on a disk whose power can be cut, with an index in memory; and what must always be true of it. */
final class World {
    static final String SPACE = "photos";
    static final Duration GRACE = Duration.ofHours(24);
    static final PutRequest ANY = new PutRequest(null, Map.of(), null, null);
    static final PutRequest IF_ABSENT = new PutRequest(null, Map.of(), null, PutRequest.ABSENT);

    private static final Path ROOT = Path.of("/");

    final TestTime time = new TestTime();
    final FaultDisk disk = new FaultDisk(time.clock());
    MemoryIndex index = new MemoryIndex();
    Objects objects;
    Sweeper sweeper;
    SharedFolder folder;

    World() {
        start(StorageTests.config());
    }

    World(StorageConfig config) {
        start(config);
    }

    private void start(StorageConfig config) {
        try {
            folder = SharedFolder.open(disk, ROOT, time.clock(), GRACE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        objects = new Objects(folder, index, new Quotas(config, index, time.clock(), time.ticker()), time.clock());
        sweeper = new Sweeper(folder, index, objects, time.clock());
    }

    /** All nodes start anew after a loss of power. */
    void restart(Unforced unforced, long seed) throws IOException {
        disk.powerOn(unforced, new Random(seed * 0x9E3779B97F4A7C15L)); // small seeds begin alike
        index = new MemoryIndex();
        start(StorageTests.config());
        folder.forEachReference(index::found);
    }

    StoredObject put(String name, String text) {
        return put(name, text, ANY);
    }

    StoredObject put(String name, String text, PutRequest request) {
        try (Upload upload = new Upload(objects, SPACE, name, request)) {
            upload.readAll(new ByteArrayInputStream(text.getBytes(UTF_8)));
            return upload.commit();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    boolean delete(String name) {
        return objects.delete(SPACE, name, null);
    }

    /** What a name stands for; null for nothing. */
    @Nullable
    String read(String name) {
        return objects.open(SPACE, name)
                .map(content -> {
                    try (content) {
                        return new String(content.stream().readAllBytes(), UTF_8);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                })
                .orElse(null);
    }

    /** All visible objects, read to the end. */
    Map<String, String> readAll() {
        Map<String, String> all = new TreeMap<>();
        for (ObjectView each : objects.list(SPACE, "", "", 1000)) {
            String text = String.valueOf(read(each.name()));
            Assertions.assertThat(text.getBytes(UTF_8)).hasSize((int) each.size());
            Assertions.assertThat(StorageTests.sha256(text)).isEqualTo(each.sha256());
            all.put(each.name(), text);
        }
        return all;
    }

    void sweep() {
        try {
            sweeper.sweep();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sweeps until nothing can be left to sweep. */
    void sweepLong() {
        for (int i = 0; i < 3; i++) {
            time.advance(GRACE.plusMinutes(1));
            sweep();
        }
    }

    /** Nothing is on disk but the bytes of visible objects and one reference for each name. */
    void assertNoOrphans() {
        Set<String> blobs = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Reference each : index.all()) {
            names.add(each.name());
            if (each.content() != null) {
                blobs.add(each.content().blob().fileName());
            }
        }
        Assertions.assertThat(namesBelow("blobs")).as("blobs").containsExactlyInAnyOrderElementsOf(blobs);
        Assertions.assertThat(namesBelow("temp")).as("temp").isEmpty();
        Assertions.assertThat(namesBelow("trash")).as("trash").isEmpty();
        Assertions.assertThat(namesBelow("references")).as("references").hasSameSizeAs(names);
    }

    List<String> namesBelow(String directory) {
        return disk.files().keySet().stream()
                .filter(each -> each.startsWith(ROOT.resolve(directory)))
                .map(each -> String.valueOf(each.getFileName()))
                .toList();
    }

    static String text(int size) {
        char[] text = new char[size];
        Arrays.fill(text, 'x');
        return new String(text);
    }
}
