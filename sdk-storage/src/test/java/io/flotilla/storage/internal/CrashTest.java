package io.flotilla.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.storage.StorageException;
import io.flotilla.storage.internal.shared.FaultDisk.PowerLoss;
import io.flotilla.storage.internal.shared.FaultDisk.Unforced;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The power is cut before every single step of an operation. What was acknowledged is there afterwards, and whole. */
class CrashTest {
    private static final int SEEDS = 12;

    /** An operation on a storage that holds {@code old} = "1", and {@code gone}, which was deleted long ago. */
    private record Operation(String name, Work work, Map<String, String> before, Map<String, String> after) {}

    private interface Work {
        void run(World world);
    }

    private static final Map<String, String> BEFORE = Map.of("old", "1");

    private static Stream<Operation> operations() {
        return Stream.of(
                new Operation("a new object", world -> world.put("new", "2"), BEFORE, Map.of("old", "1", "new", "2")),
                new Operation(
                        "a new object of several writes",
                        world -> world.put("new", World.text(200_000)),
                        BEFORE,
                        Map.of("old", "1", "new", World.text(200_000))),
                new Operation("a new content", world -> world.put("old", "2"), BEFORE, Map.of("old", "2")),
                new Operation(
                        "bytes that are there", world -> world.put("new", "1"), BEFORE, Map.of("old", "1", "new", "1")),
                new Operation(
                        "bytes that are an orphan",
                        world -> world.put("new", "gone"),
                        BEFORE,
                        Map.of("old", "1", "new", "gone")),
                new Operation("a name again", world -> world.put("gone", "2"), BEFORE, Map.of("old", "1", "gone", "2")),
                new Operation("a delete", world -> world.delete("old"), BEFORE, Map.of()),
                new Operation(
                        "a copy",
                        world -> world.objects.copy(World.SPACE, "old", World.SPACE, "new", World.ANY),
                        BEFORE,
                        Map.of("old", "1", "new", "1")),
                new Operation("a sweep", World::sweep, BEFORE, BEFORE),
                new Operation(
                        "a sweep that forgets a name",
                        world -> {
                            world.time.advance(Duration.ofDays(31));
                            world.sweep();
                        },
                        BEFORE,
                        BEFORE),
                new Operation("sweeps until all is swept", World::sweepLong, BEFORE, BEFORE));
    }

    private static World world() {
        World world = new World();
        world.put("gone", "gone");
        world.put("old", "0");
        world.put("old", "1");
        world.delete("gone");
        world.time.advance(World.GRACE.plusMinutes(1)); // so that a sweep finds something to do
        return world;
    }

    @TestFactory
    Stream<DynamicTest> losesNothingAcknowledgedAndLeavesNothingHalf() {
        return operations().map(each -> DynamicTest.dynamicTest(each.name(), () -> cutEverywhere(each)));
    }

    private static void cutEverywhere(Operation operation) throws IOException {
        int steps = stepsOf(operation);
        assertThat(steps).isGreaterThan(3);
        for (int step = 1; step <= steps + 1; step++) {
            cut(operation, step, Unforced.LOST, 0);
            cut(operation, step, Unforced.KEPT, 0);
            for (int seed = 0; seed < SEEDS; seed++) {
                cut(operation, step, Unforced.BY_CHANCE, seed);
            }
        }
    }

    private static int stepsOf(Operation operation) {
        World world = world();
        world.disk.listen(step -> {});
        operation.work().run(world);
        return world.disk.steps();
    }

    private static void cut(Operation operation, int step, Unforced unforced, long seed) throws IOException {
        World world = world();
        boolean acknowledged = runUntil(world, operation, step);
        world.restart(unforced, seed);

        String where = "step " + step + ", unforced " + unforced + ", seed " + seed;
        Map<String, String> found = world.readAll();
        if (acknowledged) {
            assertThat(found).as(where).isEqualTo(operation.after());
        } else {
            assertThat(found).as(where).isIn(operation.before(), operation.after());
        }
        world.sweepLong();
        assertThat(world.readAll()).as(where + ", after sweeps").isEqualTo(found);
        world.assertNoOrphans();
        world.put("later", "3");
        assertThat(world.read("later")).as(where).isEqualTo("3");
    }

    private static boolean runUntil(World world, Operation operation, int last) {
        world.disk.listen(step -> {
            if (step == last) {
                throw world.disk.cut();
            }
        });
        try {
            operation.work().run(world);
        } catch (PowerLoss cut) {
            return false;
        }
        PowerLoss unused = world.disk.cut();
        return true;
    }

    @TestFactory
    Stream<DynamicTest> aFailureAtAnyStepIsToldAndHarmless() {
        return operations()
                .flatMap(each -> Stream.of("No space left on device", "Disk quota exceeded", "Stale file handle")
                        .map(words -> DynamicTest.dynamicTest(
                                each.name() + ", " + words, () -> failEverywhere(each, words))));
    }

    private static void failEverywhere(Operation operation, String words) throws IOException {
        int steps = stepsOf(operation);
        for (int step = 1; step <= steps; step++) {
            World world = world();
            boolean acknowledged = runFailing(world, operation, step, words);
            world.disk.listen(each -> {});
            // Other nodes see the same without a restart, and with one.
            Map<String, String> seen = world.readAll();
            assertThat(seen).as("step %d", step).isIn(operation.before(), operation.after());
            PowerLoss unused = world.disk.cut();
            world.restart(Unforced.LOST, 0);
            Map<String, String> found = world.readAll();
            if (acknowledged) {
                assertThat(found).as("step %d", step).isEqualTo(operation.after());
            }
            assertThat(found).as("step %d", step).isIn(operation.before(), operation.after());
            world.sweepLong();
            assertThat(world.readAll()).as("step %d, after sweeps", step).isEqualTo(found);
            world.assertNoOrphans();
        }
    }

    private static boolean runFailing(World world, Operation operation, int failing, String words) {
        world.disk.listen(step -> {
            if (step == failing) {
                throw new IOException(words);
            }
        });
        try {
            operation.work().run(world);
            return true;
        } catch (StorageException told) {
            assertThat(told.reason()).isIn(expected(words), StorageException.Reason.UNCERTAIN);
        } catch (java.io.UncheckedIOException told) {
            assertThat(told).hasRootCauseMessage(words); // a sweep's
        }
        return false;
    }

    private static StorageException.@Nullable Reason expected(String words) {
        return words.startsWith("Stale") ? StorageException.Reason.UNAVAILABLE : StorageException.Reason.NO_SPACE;
    }
}
