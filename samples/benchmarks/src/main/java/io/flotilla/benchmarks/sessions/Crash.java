package io.flotilla.benchmarks.sessions;

import io.flotilla.benchmarks.sessions.Browser.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Browsers that count in their sessions, from node to node, while one of the nodes is killed. */
final class Crash {
    private static final int COUNTERS = 8;
    private static final int WARM_UP = 40; // requests to each node, since a first one loads classes and connects
    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration AFTER = Duration.ofSeconds(4);

    private final Farm farm;
    private final Browser browser;
    private final AtomicBoolean enough = new AtomicBoolean();

    Crash(Farm farm, Browser browser) {
        this.farm = farm;
        this.browser = browser;
    }

    Tally run() {
        for (int i = 0; i < WARM_UP * farm.size(); i++) {
            browser.send(i % farm.size(), "/race/new", null).join();
        }
        ExecutorService threads = Executors.newFixedThreadPool(COUNTERS);
        try {
            List<CompletableFuture<Tally>> counters = new ArrayList<>();
            for (int i = 0; i < COUNTERS; i++) {
                int number = i;
                counters.add(CompletableFuture.supplyAsync(() -> count(number), threads));
            }
            Waiting.during(BEFORE);
            farm.kill(farm.size() - 1);
            Waiting.during(AFTER);
            enough.set(true);
            return counters.stream().map(CompletableFuture::join).reduce(Tally.ZERO, Tally::plus);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Sets one attribute to higher and higher numbers; whatever the last acknowledged one was must be there, or a later one. */
    private Tally count(int browserNumber) {
        @Nullable String cookie = browser.send(0, "/race/new", null).join().cookie();
        Tally tally = Tally.ZERO;
        int acknowledged = 0;
        int writes = 0;
        for (int i = 1; !enough.get(); i++) {
            Reply reply = browser.send((browserNumber + i) % farm.size(), "/race/set?name=n&value=" + i, cookie)
                    .join();
            tally = tally.plus(Tally.of(reply));
            if (reply.acknowledged()) {
                acknowledged = i;
                writes++;
            }
        }
        String found = browser.send(0, "/race/all", cookie).join().body();
        return tally.plus(Tally.acknowledged(writes, number(found) < acknowledged ? 1 : 0));
    }

    private static int number(String found) {
        for (String each : found.split(" ", -1)) {
            if (each.startsWith("n=")) {
                return Integer.parseInt(each.substring(2));
            }
        }
        return 0;
    }
}
