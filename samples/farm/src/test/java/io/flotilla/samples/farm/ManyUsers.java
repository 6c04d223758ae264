package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Many users at work while faults befall their farm. The seed decides what they do and which faults come; it is printed, and
 * may be set: {@code -Dusers.seed=42}. {@code -Dusers.minutes=60} goes on for an hour.
 */
final class ManyUsers implements AutoCloseable {
    private static final int USERS = 10;

    /** Something that befalls a farm, and is over when this returns. */
    interface Fault {
        void happen(TestFarm farm, Random random) throws Exception;
    }

    private final long seed = Long.getLong("users.seed", System.nanoTime());
    private final long minutes = Long.getLong("users.minutes", 0);
    private final TestFarm farm;
    private final Random random = new Random(seed);
    private final ExecutorService pool = Executors.newFixedThreadPool(2 * USERS);
    private final List<ModelUser> users = new ArrayList<>();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean over;

    ManyUsers(TestFarm farm) {
        this.farm = farm;
        for (int i = 0; i < USERS; i++) {
            users.add(new ModelUser("user" + i, random.nextLong(), farm::url, farm.size(), pool));
        }
    }

    /** Lets each fault happen so often, or as long as it is asked for. */
    void endure(int rounds, List<Fault> faults) throws Exception {
        users.forEach(each -> running.add(pool.submit(() -> {
            while (!over) {
                each.step();
            }
        })));
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        for (int round = 0; round < rounds || System.nanoTime() < end; round++) {
            for (Fault each : faults) {
                each.happen(farm, random);
                assertNothingWrong();
            }
        }
        over = true;
        for (Future<?> each : running) {
            each.get(2, TimeUnit.MINUTES);
        }
        assertNothingWrong();
        assertThat(users).as("writes were acknowledged").allMatch(each -> each.acknowledged() > 10);
    }

    private void assertNothingWrong() {
        assertThat(users.stream().flatMap(each -> List.copyOf(each.wrong()).stream()))
                .as("with -Dusers.seed=%d", seed)
                .isEmpty();
    }

    @Override
    public void close() {
        over = true;
        pool.shutdownNow();
    }
}
