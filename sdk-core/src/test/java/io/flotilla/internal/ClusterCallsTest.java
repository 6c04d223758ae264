package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.aggregation.Aggregators;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import io.flotilla.ClusterDataException;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ClusterCallsTest {
    private static final EntryProcessor<String, String, String> PROCESSOR = entry -> "unused";

    private final Deque<Supplier<CompletionStage<String>>> answers = new ArrayDeque<>();
    private final List<Object> sent = new ArrayList<>();
    private final IMap<String, String> map = fakeMap();
    private final FakeGate gate = new FakeGate();
    private final AtomicInteger lostConnections = new AtomicInteger();
    private final ExecutorService waiting = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        waiting.shutdownNow();
    }

    /** A map whose owner answers as told, and with the last answer again and again. */
    @SuppressWarnings("unchecked") // the proxy implements the interface asked for
    private IMap<String, String> fakeMap() {
        return (IMap<String, String>) Proxy.newProxyInstance(
                IMap.class.getClassLoader(), new Class<?>[] {IMap.class}, (proxy, method, args) -> {
                    assertThat(method.getName()).isEqualTo("submitToKey");
                    sent.add(args[1]);
                    return (answers.size() > 1 ? answers.remove() : answers.element()).get();
                });
    }

    private void answers(Throwable failure) {
        answers.add(() -> CompletableFuture.failedFuture(failure));
    }

    private void answers(String value) {
        answers.add(() -> CompletableFuture.completedFuture(value));
    }

    private String call(Duration timeout) {
        return new ClusterCalls("shop", gate, lostConnections::get, timeout, SystemTime.TICKER, waiting)
                .onKey(map, "key", PROCESSOR);
    }

    private String call() {
        return call(Duration.ofSeconds(20));
    }

    @Test
    void returnsTheResult() {
        answers("result");
        assertThat(call()).isEqualTo("result");
        assertThat(sent).containsExactly(PROCESSOR);
    }

    @Test
    void sendsOnceAndWaitsForNothing() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.add(() -> answer);
        ClusterCalls calls = new ClusterCalls(
                "shop", gate, lostConnections::get, Duration.ofSeconds(20), SystemTime.TICKER, waiting);

        assertThat(calls.send(map, "key", PROCESSOR)).isEqualTo(answer);
        assertThat(answer).isNotDone();
        answer.completeExceptionally(new MemberLeftException());
        assertThat(sent).containsExactly(PROCESSOR);
    }

    @Test
    void sendsNothingThroughAClosedGate() {
        gate.refusal = new ClusterUnavailableException("cut off", null);
        ClusterCalls calls = new ClusterCalls(
                "shop", gate, lostConnections::get, Duration.ofSeconds(20), SystemTime.TICKER, waiting);

        assertThatThrownBy(() -> calls.send(map, "key", PROCESSOR)).isInstanceOf(ClusterUnavailableException.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void sendsTheSameProcessorAgainWhileTheOutcomeIsUnknown() {
        answers(new IndeterminateOperationStateException("backup in doubt"));
        answers(new MemberLeftException());
        answers("result");

        assertThat(call()).isEqualTo("result");
        assertThat(sent).containsExactly(PROCESSOR, PROCESSOR, PROCESSOR);
    }

    @Test
    void sendsAgainUntilTheDeadlineAndNoLonger() {
        answers(new IndeterminateOperationStateException("backup in doubt"));
        long begin = SystemTime.TICKER.getAsLong();

        assertThatThrownBy(() -> call(Duration.ofMillis(200)))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessage("cluster 'shop' did not answer within 200 ms; trying again may help");

        assertThat(elapsed(begin)).isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
        assertThat(sent).as("with a pause between two").hasSizeBetween(2, 20);
    }

    @Test
    void doesNotWaitLongerThanItsDeadline() {
        answers.add(CompletableFuture::new);
        long begin = SystemTime.TICKER.getAsLong();

        assertThatThrownBy(() -> call(Duration.ofMillis(100)))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessage("cluster 'shop' did not answer within 100 ms; trying again may help");
        assertThat(elapsed(begin)).isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    @Test
    void sendsNothingAgainThatFailedForGood() {
        answers(new HazelcastSerializationException("unknown class"));
        answers("never asked");

        assertThatThrownBy(this::call).isInstanceOf(ClusterDataException.class);
        assertThat(sent).hasSize(1);
    }

    @Test
    void translatesWhatIsThrownBeforeSending() {
        answers.add(() -> {
            throw new HazelcastInstanceNotActiveException();
        });

        assertThatThrownBy(this::call)
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessage("this member of cluster 'shop' is shutting down");
    }

    @Test
    void anInterruptEndsTheCallAndStaysSet() {
        answers.add(CompletableFuture::new);
        Thread.currentThread().interrupt();

        assertThatThrownBy(this::call)
                .isInstanceOf(ClusterUnavailableException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptEndsTheRetriesToo() {
        answers(new IndeterminateOperationStateException("backup in doubt"));
        answers.add(() -> {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(new IndeterminateOperationStateException("again"));
        });

        assertThatThrownBy(this::call).hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ClusterTest(members = 2)
    void isNotHeldUpByAnOwnerThatIsStuck(TestCluster cluster) {
        IMap<String, String> real = cluster.member(0).hazelcast().getMap("calls");
        ClusterCalls calls = new ClusterCalls(
                "shop", gate, lostConnections::get, Duration.ofMillis(300), SystemTime.TICKER, waiting);
        long begin = SystemTime.TICKER.getAsLong();
        try {
            assertThatThrownBy(() -> calls.onKey(real, "key", new Stuck()))
                    .isInstanceOf(ClusterUnavailableException.class)
                    .hasMessageContaining("did not answer within 300 ms");
            assertThat(elapsed(begin)).isLessThan(Duration.ofSeconds(5));
        } finally {
            Stuck.release.countDown();
        }
    }

    @ClusterTest(members = 3)
    void countsRightThroughACrash(TestCluster cluster) {
        IMap<Integer, Integer> real = cluster.member(0).hazelcast().getMap("calls");
        ClusterCalls calls = new ClusterCalls(
                "shop", gate, lostConnections::get, Duration.ofSeconds(10), SystemTime.TICKER, waiting);
        int rounds = 30;
        for (int round = 1; round <= rounds; round++) {
            if (round == rounds / 2) {
                cluster.kill(2);
            }
            for (int key = 0; key < 30; key++) {
                assertThat(calls.onKey(real, key, new CountOnce(round))).isEqualTo(round);
            }
        }
    }

    private long count(ClusterCalls calls, IMap<Integer, Integer> real, Predicate<Integer, Integer> entries) {
        return calls.aggregate(real, entries, Aggregators.count());
    }

    private ClusterCalls calls(Duration timeout) {
        return new ClusterCalls("shop", gate, lostConnections::get, timeout, SystemTime.TICKER, waiting);
    }

    @ClusterTest(members = 3)
    void aggregatesOverWhatAllMembersOwn(TestCluster cluster) {
        IMap<Integer, Integer> real = cluster.member(0).hazelcast().getMap("calls");
        for (int key = 0; key < 30; key++) {
            real.set(key, key);
        }

        assertThat(count(calls(Duration.ofSeconds(10)), real, Predicates.alwaysTrue()))
                .isEqualTo(30);
        assertThat(count(calls(Duration.ofSeconds(10)), real, Predicates.lessThan("this", 7)))
                .isEqualTo(7);
        cluster.kill(2);
        assertThat(count(calls(Duration.ofSeconds(10)), real, Predicates.alwaysTrue()))
                .isEqualTo(30);
    }

    @ClusterTest(members = 1)
    void aggregatingIsNotHeldUpByAMemberThatIsStuck(TestCluster cluster) throws Exception {
        IMap<Integer, Integer> real = cluster.member(0).hazelcast().getMap("calls");
        real.set(1, 1);
        CountDownLatch release = new CountDownLatch(1);
        long begin = SystemTime.TICKER.getAsLong();
        try {
            assertThatThrownBy(() -> count(calls(Duration.ofMillis(300)), real, entry -> {
                        try {
                            return release.await(20, TimeUnit.SECONDS);
                        } catch (InterruptedException interrupt) {
                            throw new IllegalStateException(interrupt);
                        }
                    }))
                    .isInstanceOf(ClusterUnavailableException.class)
                    .hasMessageContaining("did not answer within 300 ms");
            assertThat(elapsed(begin)).isLessThan(Duration.ofSeconds(5));
        } finally {
            release.countDown();
        }
        assertThat(count(calls(Duration.ofSeconds(10)), real, Predicates.alwaysTrue()))
                .as("with the thread that waited")
                .isEqualTo(1);
    }

    @ClusterTest(members = 1)
    void asksTheGateBeforeItAggregates(TestCluster cluster) {
        IMap<Integer, Integer> real = cluster.member(0).hazelcast().getMap("calls");
        gate.refusal = new ClusterUnavailableException("cut off", null);

        assertThatThrownBy(() -> count(calls(Duration.ofSeconds(1)), real, Predicates.alwaysTrue()))
                .isEqualTo(gate.refusal);
    }

    private Map<String, String> callTwo() {
        Map<String, EntryProcessor<String, String, String>> processors =
                Map.of("one", entry -> "unused", "other", entry -> "unused");
        return calls(Duration.ofSeconds(20)).onEach(map, processors);
    }

    @Test
    void sendsSeveralCallsBeforeItWaitsForOne() {
        CompletableFuture<String> first = new CompletableFuture<>();
        answers.add(() -> first);
        answers.add(() -> {
            first.complete("first");
            return CompletableFuture.completedFuture("second");
        });

        assertThat(callTwo()).containsOnlyKeys("one", "other").containsValues("first", "second");
    }

    @Test
    void ofSeveralCallsThatIsSentAgainWhoseOutcomeIsUnknown() {
        answers(new MemberLeftException());
        answers("result");

        assertThat(callTwo()).isEqualTo(Map.of("one", "result", "other", "result"));
        assertThat(sent).hasSize(3);
    }

    @Test
    void ofSeveralCallsOneThatFailsForGoodIsTheEnd() {
        answers(new HazelcastSerializationException("unknown class"));

        assertThatThrownBy(this::callTwo).isInstanceOf(ClusterDataException.class);
    }

    @ClusterTest(members = 3)
    void asksTheOwnersOfSeveralKeys(TestCluster cluster) {
        IMap<Integer, Integer> real = cluster.member(0).hazelcast().getMap("calls");
        Map<Integer, Integer> doubled = new HashMap<>();
        for (int key = 0; key < 30; key++) {
            real.set(key, key);
            doubled.put(key, 2 * key);
        }

        assertThat(calls(Duration.ofSeconds(10)).onKeys(real, doubled.keySet(), new Doubled()))
                .isEqualTo(doubled);
        cluster.kill(2);
        assertThat(calls(Duration.ofSeconds(10)).onKeys(real, doubled.keySet(), new Doubled()))
                .isEqualTo(doubled);
    }

    @Test
    void asksTheGateBeforeAnythingIsSent() {
        answers("never asked");
        gate.refusal = new ClusterUnavailableException("cut off", null);

        assertThatThrownBy(this::call).isSameAs(gate.refusal);
        assertThat(sent).isEmpty();
    }

    @Test
    void anAnswerThatCameOverAStallIsAskedForAgain() {
        answers("stale");
        answers("fresh");
        gate.trusted.addAll(List.of(false, true));

        assertThat(call()).isEqualTo("fresh");
        assertThat(sent).containsExactly(PROCESSOR, PROCESSOR);
    }

    @Test
    void whatWasLostWithAConnectionIsSentAgain() {
        answers.add(() -> {
            lostConnections.incrementAndGet();
            return new CompletableFuture<>();
        });
        answers("second");
        long begin = SystemTime.TICKER.getAsLong();

        assertThat(call()).isEqualTo("second");
        assertThat(sent).containsExactly(PROCESSOR, PROCESSOR);
        assertThat(elapsed(begin)).isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
    }

    @Test
    void withoutALostConnectionASlowAnswerIsWaitedFor() {
        lostConnections.set(7); // before
        answers.add(() -> new CompletableFuture<String>().completeOnTimeout("slow", 900, TimeUnit.MILLISECONDS));

        assertThat(call()).isEqualTo("slow");
        assertThat(sent).hasSize(1);
    }

    private static final class Doubled implements EntryProcessor<Integer, Integer, Integer> {
        private static final long serialVersionUID = 1L;

        @Override
        public Integer process(Map.Entry<Integer, Integer> entry) {
            return 2 * entry.getValue();
        }

        @Override
        public @Nullable EntryProcessor<Integer, Integer, Integer> getBackupProcessor() {
            return null;
        }
    }

    /** Open and believing everything, unless told otherwise. */
    private static final class FakeGate implements Gate {
        private @Nullable ClusterUnavailableException refusal;
        private final Deque<Boolean> trusted = new ArrayDeque<>();

        @Override
        public int enter() {
            if (refusal != null) {
                throw refusal;
            }
            return 0;
        }

        @Override
        public boolean isTrusted(int ticket) {
            return trusted.isEmpty() || trusted.remove();
        }
    }

    private static Duration elapsed(long begin) {
        return Duration.ofNanos(SystemTime.TICKER.getAsLong() - begin);
    }

    /** Blocks its partition's thread. */
    private static final class Stuck implements EntryProcessor<String, String, String>, Serializable {
        private static final long serialVersionUID = 1L;
        private static final CountDownLatch release = new CountDownLatch(1);

        @Override
        public String process(Map.Entry<String, String> entry) {
            try {
                release.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
            return "late";
        }
    }

    /** Counts up, once for each operation id however often it is delivered. */
    private static final class CountOnce implements EntryProcessor<Integer, Integer, Integer>, Serializable {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger runs = new AtomicInteger();
        private final int operation;

        CountOnce(int operation) {
            this.operation = operation;
        }

        @Override
        public Integer process(Map.Entry<Integer, Integer> entry) {
            runs.incrementAndGet();
            Integer before = entry.getValue();
            if (before == null || before < operation) {
                entry.setValue(before == null ? 1 : before + 1);
            }
            return entry.getValue();
        }
    }
}
