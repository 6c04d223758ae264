package io.flotilla.storage.internal;

import io.flotilla.storage.internal.shared.HostDisk;
import io.flotilla.storage.internal.shared.SharedFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;

/**
 * A process that stores, copies, deletes and sweeps until it is killed, and says on its output what it is about to do
 * ({@code +}) and what it was told is done ({@code =}): a name and the digest, or {@code -} for nothing.
 */
final class RestlessWriter {
    static final String SPACE = "photos";
    static final Duration GRACE = Duration.ofHours(24);

    private static final int NAMES = 12;

    private final Objects objects;
    private final Sweeper sweeper;
    private final Random random;
    private final PrintStream out;

    private RestlessWriter(Objects objects, Sweeper sweeper, Random random, PrintStream out) {
        this.objects = objects;
        this.sweeper = sweeper;
        this.random = random;
        this.out = out;
    }

    /** The arguments: the folder, the number of this life, a seed. */
    public static void main(String[] args) throws IOException {
        InstantSource clock = clock(Integer.parseInt(args[1]));
        SharedFolder folder = SharedFolder.open(new HostDisk(), Path.of(args[0]), clock, GRACE);
        MemoryIndex index = new MemoryIndex();
        folder.forEachReference(index::found);
        Quotas quotas = new Quotas(StorageTests.config(), index, clock, () -> 0);
        Objects objects = new Objects(folder, index, quotas, clock);
        Sweeper sweeper = new Sweeper(folder, index, objects, clock);
        new RestlessWriter(objects, sweeper, new Random(Long.parseLong(args[2])), new PrintStream(System.out, true))
                .run();
    }

    /** Each life is two days after the one before, so that it sweeps what that has left. Files are older still. */
    static InstantSource clock(int life) {
        Instant start = Instant.parse("2126-01-01T00:00:00Z").plus(Duration.ofDays(2L * life));
        long origin = System.nanoTime();
        return () -> start.plusNanos(System.nanoTime() - origin);
    }

    private void run() throws IOException {
        while (true) {
            String name = "n" + random.nextInt(NAMES);
            switch (random.nextInt(8)) {
                case 0 -> delete(name);
                case 1 -> copy(name, "n" + random.nextInt(NAMES));
                case 2 -> sweeper.sweep();
                default -> put(name);
            }
        }
    }

    private void put(String name) {
        // Few contents, so that bytes come again that were an orphan a moment ago.
        String text = World.text(1 + random.nextInt(6) * 40_000);
        out.println("+ " + name + " " + StorageTests.sha256(text));
        try (Upload upload = new Upload(objects, SPACE, name, new PutRequest(null, Map.of(), null, null))) {
            upload.write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, text.length());
            out.println("= " + name + " " + upload.commit().sha256());
        }
    }

    private void delete(String name) {
        out.println("+ " + name + " -");
        boolean unused = objects.delete(SPACE, name, null);
        out.println("= " + name + " -");
    }

    private void copy(String name, String target) {
        objects.stat(SPACE, name).ifPresent(original -> {
            out.println("+ " + target + " " + original.sha256());
            ObjectView unused = objects.copy(SPACE, name, SPACE, target, new PutRequest(null, Map.of(), null, null));
            out.println("= " + target + " " + original.sha256());
        });
    }
}
