package io.flotilla.storage.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.storage.StorageException;
import io.flotilla.storage.internal.shared.FaultDisk.PowerLoss;
import io.flotilla.storage.internal.shared.FaultDisk.Unforced;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Another node does something between any two steps of an operation. */
class RaceTest {
    private static final String BYTES = "the same";

    /** A storage with the bytes of an object that was deleted so long ago that a sweep takes them. */
    private static World withOrphan() {
        World world = new World();
        world.put("gone", BYTES);
        world.delete("gone");
        world.time.advance(World.GRACE.plusMinutes(1));
        return world;
    }

    private interface Work {
        void run(World world);
    }

    private static int steps(World world, Work work) {
        world.disk.listen(step -> {});
        work.run(world);
        return world.disk.steps();
    }

    private static void between(World world, int last, Work work, Work other) {
        world.disk.listen(step -> {
            if (step == last) {
                other.run(world);
            }
        });
        work.run(world);
        world.disk.listen(step -> {});
    }

    private static void assertSafe(World world, Map<String, String> expected) throws IOException {
        assertThat(world.readAll()).isEqualTo(expected);
        world.sweepLong();
        assertThat(world.readAll()).as("after sweeps").isEqualTo(expected);
        PowerLoss unused = world.disk.cut();
        world.restart(Unforced.LOST, 0);
        assertThat(world.readAll()).as("after a loss of power").isEqualTo(expected);
        world.sweepLong();
        world.assertNoOrphans();
    }

    @Test
    void aSweepAtAnyStepOfAPutOfTheSameBytesTakesNothingAway() throws IOException {
        Work put = world -> world.put("new", BYTES);
        int steps = steps(withOrphan(), put);
        for (int step = 1; step <= steps; step++) {
            World world = withOrphan();
            between(world, step, put, World::sweep);
            assertThat(world.namesBelow("blobs")).as("step %d", step).hasSize(1);
            assertSafe(world, Map.of("new", BYTES));
        }
    }

    @Test
    void aPutOfTheSameBytesAtAnyStepOfASweepLosesNothing() throws IOException {
        int steps = steps(withOrphan(), World::sweep);
        assertThat(steps).isGreaterThan(10);
        for (int step = 1; step <= steps; step++) {
            World world = withOrphan();
            between(world, step, World::sweep, other -> other.put("new", BYTES));
            assertSafe(world, Map.of("new", BYTES));
        }
    }

    @Test
    void theSweepItselfMendsWhatItHasTakenAwayThoughNobodyReads() throws IOException {
        int steps = steps(withOrphan(), World::sweep);
        for (int step = 1; step <= steps; step++) {
            World world = withOrphan();
            between(world, step, World::sweep, other -> other.put("new", BYTES));
            world.sweepLong();
            assertThat(world.namesBelow("blobs")).as("step %d", step).hasSize(1);
            assertSafe(world, Map.of("new", BYTES));
        }
    }

    /** One node has linked the bytes and not forced the name; the other finds them there. */
    @Test
    void whatIsAcknowledgedOnTheStrengthOfAnothersBytesOutlivesThePowerToo() throws IOException {
        Work put = world -> world.put("one", BYTES);
        int steps = steps(new World(), put);
        for (int step = 1; step <= steps; step++) {
            World world = new World();
            try {
                between(world, step, put, other -> {
                    other.put("other", BYTES);
                    throw other.disk.cut();
                });
            } catch (PowerLoss cut) {
                world.restart(Unforced.LOST, 0);
            }
            assertThat(world.readAll()).as("step %d", step).containsEntry("other", BYTES);
        }
    }

    /** A sweep that stands still for days at any step, while the bytes come back and other sweeps go on. */
    @Test
    void aSweepThatWakesUpDaysLaterLosesNothing() throws IOException {
        int steps = steps(withOrphan(), World::sweep);
        for (int step = 1; step <= steps; step++) {
            World world = withOrphan();
            between(world, step, World::sweep, other -> {
                other.put("new", BYTES);
                other.sweepLong();
            });
            assertSafe(world, Map.of("new", BYTES));
        }
    }

    @Test
    void aCopyOutlivesItsOriginalAtAnyStep() throws IOException {
        Work copy = world -> world.objects.copy(World.SPACE, "old", World.SPACE, "new", World.ANY);
        Work deleteAndSweep = world -> {
            world.delete("old");
            world.sweep();
        };
        int steps = steps(withOld(), copy);
        for (int step = 1; step <= steps; step++) {
            World world = withOld();
            try {
                between(world, step, copy, deleteAndSweep);
            } catch (StorageException told) {
                assertThat(step)
                        .as("only before the copy has taken hold of the bytes")
                        .isEqualTo(1);
                assertSafe(world, Map.of());
                continue;
            }
            assertSafe(world, Map.of("new", BYTES));
        }
    }

    private static World withOld() {
        World world = new World();
        world.put("old", BYTES);
        world.time.advance(World.GRACE.plusMinutes(1));
        return world;
    }

    @Test
    void ofTwoPutsOfANewNameOneWins() throws IOException {
        Work put = world -> world.put("new", "1", World.IF_ABSENT);
        int steps = steps(new World(), put);
        for (int step = 1; step <= steps; step++) {
            World world = new World();
            AtomicInteger won = new AtomicInteger();
            Work other = racing -> count(won, 1, () -> racing.put("new", "2", World.IF_ABSENT));
            int at = step;
            count(won, 2, () -> between(world, at, put, other));
            assertThat(won.get()).as("step %d", step).isBetween(1, 2);
            assertSafe(world, Map.of("new", won.get() == 2 ? "1" : "2"));
        }
    }

    @Test
    void ofTwoPutsOverTheSameGenerationOneWins() throws IOException {
        int steps = stepsOfASecondPut();
        for (int step = 1; step <= steps; step++) {
            World world = new World();
            long seen = world.put("old", "0").generation();
            PutRequest request = new PutRequest(null, Map.of(), null, seen);
            AtomicInteger won = new AtomicInteger();
            Work other = racing -> count(won, 1, () -> racing.put("old", "2", request));
            int at = step;
            count(won, 2, () -> between(world, at, racing -> racing.put("old", "1", request), other));
            assertThat(won.get()).as("step %d", step).isBetween(1, 2);
            assertSafe(world, Map.of("old", won.get() == 2 ? "1" : "2"));
        }
    }

    private static int stepsOfASecondPut() {
        World world = new World();
        world.put("old", "0");
        return steps(world, again -> again.put("old", "1"));
    }

    /** Adds to the sum if the work is not refused since another writer was faster. */
    private static void count(AtomicInteger sum, int value, Runnable work) {
        try {
            work.run();
            sum.addAndGet(value);
        } catch (StorageException refused) {
            assertThat(refused.reason()).isEqualTo(StorageException.Reason.CONDITION_FAILED);
        }
    }

    /** A writer that stood still: what it based its change on has been replaced twice, and swept. */
    @Test
    void aWriterThatWakesUpDaysLaterOverwritesNothingItHasNotSeen() throws IOException {
        long seen0 = new World().put("old", "0").generation();
        PutRequest request = new PutRequest(null, Map.of(), null, seen0);
        int steps = stepsOfASecondPut();
        for (int step = 1; step <= steps; step++) {
            World world = new World();
            assertThat(world.put("old", "0").generation()).isEqualTo(seen0);
            boolean[] acted = {false};
            try {
                between(world, step, racing -> racing.put("old", "late", request), other -> {
                    other.put("old", "1");
                    other.put("old", "2");
                    other.sweepLong();
                    acted[0] = true;
                });
            } catch (StorageException told) {
                // If it was not the sweep that took its draft away, it is told that it came too late.
                assertThat(told.reason())
                        .isIn(
                                StorageException.Reason.CONDITION_FAILED,
                                StorageException.Reason.UNAVAILABLE,
                                StorageException.Reason.UNCERTAIN);
            }
            assertThat(acted[0]).isTrue();
            assertSafe(world, Map.of("old", "2"));
        }
    }
}
