package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Writers that put ever higher numbers into a region of the cache, and readers on every node who know which they must see: a
 * read that begins a certain time after a number was acknowledged answers that one or a higher one.
 */
final class RisingNumbers implements AutoCloseable {
    private static final int KEYS = 4;
    private static final Duration PUT_TIMEOUT = Duration.ofSeconds(60);
    /** Who asks a frozen node asks anew, so that what it answers first was asked just before. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

    private final TestFarm farm;
    private final String region;
    private final long bound;
    private final long origin = System.nanoTime();
    private final List<Key> keys = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<AtomicInteger> reads;
    private final AtomicInteger nearReads = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final CountDownLatch writersEnd = new CountDownLatch(1);
    private final CountDownLatch readersEnd = new CountDownLatch(1);
    private volatile boolean mayBeForgotten;

    /** One key: which number was known to be there from when on. It has one writer, whose next number comes after an answer. */
    private record Key(String name, NavigableMap<Long, Integer> acknowledged) {

        int numberAt(long time) {
            Map.Entry<Long, Integer> last = acknowledged.floorEntry(time);
            return last == null ? 0 : last.getValue();
        }
    }

    private RisingNumbers(TestFarm farm, String region, Duration bound) {
        this.farm = farm;
        this.region = region;
        this.bound = bound.toNanos();
        this.reads = IntStream.range(0, farm.size())
                .mapToObj(node -> new AtomicInteger())
                .toList();
    }

    /**
     * Starts writing and reading.
     *
     * @param bound how long after an acknowledgement an older number may still be read
     */
    static RisingNumbers start(TestFarm farm, String region, Duration bound) {
        RisingNumbers numbers = new RisingNumbers(farm, region, bound);
        for (int i = 0; i < KEYS; i++) {
            Key key = new Key("number-" + i, new ConcurrentSkipListMap<>());
            numbers.keys.add(key);
            numbers.begin("writer of " + key.name(), () -> numbers.write(key));
        }
        for (int i = 0; i < farm.size(); i++) {
            int node = i;
            numbers.begin("reader of node " + i, () -> numbers.read(node));
        }
        return numbers;
    }

    private void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void write(Key key) {
        Random random = new Random();
        for (int number = 1; !isOver(writersEnd, random.nextInt(150)); number++) {
            Node node = farm.node(random.nextInt(farm.size()));
            if (node.alive() && !put(node, key, number)) {
                // Whatever is still on its way of it is not to meet the next one.
                boolean unused = isOver(writersEnd, 500);
            }
        }
    }

    /** False if it is not known whether it has happened. */
    private boolean put(Node node, Key key, int number) {
        try {
            Answer answer = new Visitor(PUT_TIMEOUT).put(node.url(), path(key), Integer.toString(number));
            if (answer.ok()) {
                key.acknowledged().put(now(), number);
            }
            return answer.ok();
        } catch (IOException unknown) {
            return false;
        }
    }

    private void read(int index) {
        Random random = new Random();
        while (!isOver(readersEnd, 5)) {
            Node node = farm.node(index);
            if (node.alive()) {
                read(node, keys.get(random.nextInt(KEYS)), reads.get(index));
            }
        }
    }

    private void read(Node node, Key key, AtomicInteger done) {
        long began = now();
        try {
            Answer answer = new Visitor(READ_TIMEOUT).get(node.url(), path(key));
            if (answer.ok()) {
                done.incrementAndGet();
                nearReads.addAndGet(answer.json().path("tier").asText().equals("L1") ? 1 : 0);
            }
            check(answer, key, began);
        } catch (IOException noAnswer) {
            // It is killed, or frozen.
        }
    }

    private void check(Answer answer, Key key, long began) {
        if (answer.ok()) {
            int must = key.numberAt(began - bound);
            if (answer.json().path("value").asInt() < must) {
                wrong.add(says("old", answer, key, began, must));
            }
        } else if (answer.status() == 404) {
            int must = key.numberAt(began);
            if (must > 0 && !mayBeForgotten) {
                wrong.add(says("lost", answer, key, began, must));
            }
        } else if (answer.status() != 503) {
            wrong.add(answer.toString());
        }
    }

    private String says(String what, Answer answer, Key key, long began, int must) {
        long since = key.acknowledged().entrySet().stream()
                .filter(each -> each.getValue() == must)
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElse(began);
        return what + " in " + region + ", " + TimeUnit.NANOSECONDS.toMillis(began - since) + " ms after " + must
                + " was acknowledged, at " + InstantSource.system().instant() + ": " + answer;
    }

    private String path(Key key) {
        return "/api/cache/" + region + "/" + key.name();
    }

    private long now() {
        return System.nanoTime() - origin;
    }

    private static boolean isOver(CountDownLatch end, int millis) {
        try {
            return end.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupt) {
            return true;
        }
    }

    /** From now on there may be nothing for a key: two sides that were apart forget what they had. */
    void mayBeForgotten() {
        mayBeForgotten = true;
    }

    /** Until every key was written some times more, and every node that runs was read. */
    void awaitMore() {
        List<Integer> written =
                keys.stream().map(each -> each.acknowledged().size()).toList();
        List<Integer> read = reads.stream().map(AtomicInteger::get).toList();
        await().atMost(TestFarm.PATIENCE).untilAsserted(() -> {
            assertNothingWrong();
            for (int i = 0; i < KEYS; i++) {
                assertThat(keys.get(i).acknowledged().size())
                        .as("writes of " + keys.get(i).name() + " in " + region)
                        .isGreaterThan(written.get(i) + 3);
            }
            for (int i = 0; i < reads.size(); i++) {
                assertThat(reads.get(i).get())
                        .as("reads on node " + i + " in " + region)
                        .isGreaterThan(farm.node(i).alive() ? read.get(i) + 20 : -1);
            }
        });
    }

    void assertNothingWrong() {
        assertThat(wrong).isEmpty();
    }

    int nearReads() {
        return nearReads.get();
    }

    /** Ends the writing: when the time is over every node answers the last number, and all the same. */
    void assertAllAgreeAtLast() throws IOException {
        writersEnd.countDown();
        join(threads.subList(0, KEYS));
        await().pollDelay(Duration.ofNanos(bound)).until(() -> true);
        for (Key key : keys) {
            List<Answer> answers = new ArrayList<>();
            for (Node node : farm.farm().nodes()) {
                Answer answer = new Visitor().get(node.url(), path(key));
                check(answer, key, now());
                answers.add(answer);
            }
            assertThat(answers).allMatch(answer -> answer.ok() || (mayBeForgotten && answer.status() == 404));
            assertThat(answers)
                    .extracting(answer -> answer.json().path("value").asText())
                    .as(key.name() + " in " + region + ": " + answers)
                    .containsOnly(answers.get(0).json().path("value").asText());
        }
        assertNothingWrong();
    }

    private static void join(List<Thread> some) {
        for (Thread each : some) {
            try {
                each.join();
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        writersEnd.countDown();
        readersEnd.countDown();
        join(threads);
    }
}
