package io.flotilla;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.test.SplitBrainTestSupport;
import io.flotilla.FakeModule.First;
import io.flotilla.FakeModule.Second;
import io.flotilla.FakeModule.Third;
import io.flotilla.internal.SystemTime;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.HealthCheck.Status;
import io.flotilla.spi.ModuleContext;
import io.flotilla.testkit.CertainWrites;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@Tag("cluster")
@Timeout(60)
@ExtendWith(CleanSlate.class)
final class ClusterLifecycleTest {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicReference<ModuleContext> context = new AtomicReference<>();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void endCallers() {
        callers.shutdownNow();
    }

    private ModuleContext context() {
        return requireNonNull(context.get(), "not started");
    }

    private static TestCluster one(Consumer<ClusterBuilder> setup) {
        return TestCluster.of("life")
                .members(1)
                .configure((i, member) -> setup.accept(member))
                .start();
    }

    @Test
    void modulesStartInOrderAndEveryStepOfLeavingGoesInReverse() {
        try (TestCluster cluster = one(member -> member.install(FakeModule.first(events))
                .install(FakeModule.second(events))
                .install(FakeModule.third(events)))) {
            assertThat(cluster.member(0).state()).isEqualTo(Cluster.State.RUNNING);
            assertThat(events).containsExactly("start First", "start Second", "start Third");
            events.clear();
        }
        assertThat(events)
                .containsExactly(
                        "announce Third",
                        "announce Second",
                        "announce First",
                        "drain Third",
                        "drain Second",
                        "drain First",
                        "close Third",
                        "close Second",
                        "close First");
    }

    @Test
    void aModuleSeesTheStateAndKeepsWorkingUntilItIsClosed() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        FakeModule<First> module = FakeModule.first();
        module.onStart(started -> {
                    context.set(started);
                    seen.add(started.state());
                })
                .onAnnounce(deadline -> {
                    seen.add(context().state());
                    seen.add(deadline.passed());
                })
                .onDrain(deadline -> seen.add(context().hazelcast().getMap("x").put("still", "works") == null))
                .onClose(() ->
                        seen.add(context().hazelcast().getLifecycleService().isRunning()));
        one(member -> member.install(module)).close();

        assertThat(seen).containsExactly(Cluster.State.STARTING, Cluster.State.DRAINING, false, true, true);
    }

    @Test
    void aModuleThatFailsToStartUndoesTheWholeStart() {
        IllegalStateException broken = new IllegalStateException("disk is full");
        IllegalArgumentException later = new IllegalArgumentException("and this too");

        assertThatThrownBy(() -> one(member -> member.install(FakeModule.first(events))
                        .install(FakeModule.second(events).onClose(() -> {
                            throw later;
                        }))
                        .install(FakeModule.third(events).onStart(started -> {
                            throw broken;
                        }))))
                .isInstanceOf(ClusterStartException.class)
                .hasMessage("cluster 'life' could not start: disk is full")
                .hasCause(broken)
                .hasSuppressedException(later);

        assertThat(events).containsExactly("start First", "start Second", "start Third", "close Second", "close First");
        assertThat(Hazelcast.getAllHazelcastInstances()).isEmpty();
    }

    @Test
    void anErrorAtStartUndoesItTooAndLeavesAsItIs() {
        NoClassDefFoundError missing = new NoClassDefFoundError("javax/Missing");

        assertThatThrownBy(() -> one(member -> member.install(FakeModule.first(events))
                        .install(FakeModule.second(events).onStart(started -> {
                            throw missing;
                        }))))
                .isSameAs(missing);

        assertThat(events).containsExactly("start First", "start Second", "close First");
        assertThat(Hazelcast.getAllHazelcastInstances()).isEmpty();
    }

    @Test
    void nothingOfAFailedStartStaysInASchedulerOfTheUsers() {
        TestTime time = new TestTime();

        assertThatThrownBy(() -> one(member ->
                        time.applyTo(member.install(FakeModule.first(events).onStart(started -> {
                            started.repeat(started.newPool("work", 1), Duration.ofSeconds(1), "work", () -> {});
                            throw new IllegalStateException("broken");
                        })))))
                .isInstanceOf(ClusterStartException.class);

        assertThat(time.scheduledTasks()).isZero();
    }

    @Test
    void nothingStartsIfConfigurationFails() {
        assertThatThrownBy(() ->
                        one(member -> member.install(FakeModule.first(events).onConfigure(config -> {
                            throw new IllegalStateException("bad map");
                        }))))
                .isInstanceOf(ClusterStartException.class)
                .hasMessage("cluster 'life' could not start: bad map");
        assertThat(events).isEmpty();
    }

    @Test
    void theEscapeHatchHasTheLastWord() {
        try (TestCluster cluster = one(member -> member.install(FakeModule.first()
                        .onConfigure(config -> config.getMapConfig("data").setBackupCount(2)))
                .hazelcast(config -> config.getMapConfig("data")
                        .setBackupCount(config.getMapConfig("data").getBackupCount() + 1)))) {
            assertThat(cluster.member(0)
                            .hazelcast()
                            .getConfig()
                            .findMapConfig("data")
                            .getBackupCount())
                    .isEqualTo(3);
        }
    }

    @Test
    void oneModuleServesSeveralClusters() {
        FakeModule<First> module = FakeModule.first(events);
        try (TestCluster one = one(member -> member.install(module));
                TestCluster other = TestCluster.of("other")
                        .members(1)
                        .configure((i, member) -> member.install(module))
                        .start()) {
            assertThat(events).containsExactly("start First", "start First");
            assertThat(one.member(0).get(First.class)).isNotNull();
            assertThat(other.member(0).get(First.class)).isNotNull();
        }
    }

    @Test
    void facadesAreFoundByTheirType() {
        try (TestCluster cluster =
                one(member -> member.install(FakeModule.first()).install(FakeModule.second(events)))) {
            Cluster member = cluster.member(0);
            assertThat(member.get(First.class)).isInstanceOf(First.class);
            assertThatThrownBy(() -> member.get(Third.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no module provides io.flotilla.FakeModule$Third; installed:"
                            + " [io.flotilla.FakeModule$First, io.flotilla.FakeModule$Second]");
        }
    }

    @Test
    void afterCloseOnlyNamesAndStateAnswer() {
        TestCluster cluster = one(member -> member.install(FakeModule.first()));
        Cluster member = cluster.member(0);
        cluster.close();

        assertThatThrownBy(() -> member.get(First.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cluster 'life' is closed");
        assertThatThrownBy(() -> member.get(Second.class)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(member::hazelcast)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cluster 'life' is closed");
        assertThat(member.state()).isEqualTo(Cluster.State.CLOSED);
        assertThat(member.name()).isEqualTo("life");
        assertThat(member.node()).isEqualTo("n0");
        assertThat(member).hasToString("Cluster[life, node n0, CLOSED]");
    }

    @Test
    void closeWaitsForRequestsInFlightBetweenAnnouncingAndDraining() throws Exception {
        TestCluster cluster =
                one(member -> member.install(FakeModule.first(events).onStart(context::set)));
        context().requests().entered();
        events.clear();

        Future<?> closing = callers.submit(() -> cluster.close());
        await().until(() -> events.contains("announce First"));
        assertThat(cluster.member(0).state()).isEqualTo(Cluster.State.DRAINING);
        assertThat(cluster.member(0).get(First.class))
                .as("requests are still served")
                .isNotNull();
        assertThat(events).containsExactly("announce First");

        context().requests().left();
        closing.get(10, TimeUnit.SECONDS);
        assertThat(events).containsExactly("announce First", "drain First", "close First");
    }

    @Test
    @ExpectLog("cluster 'life': 1 requests were still running when the time to leave was up")
    void aRequestThatNeverEndsIsCutOff() {
        TestCluster cluster = one(member -> member.shutdownTimeout(Duration.ofSeconds(1))
                .install(FakeModule.first(events).onStart(context::set)));
        context().requests().entered();

        cluster.close();

        assertThat(events).endsWith("announce First", "drain First", "close First");
        assertThat(cluster.member(0).state()).isEqualTo(Cluster.State.CLOSED);
    }

    @Test
    @ExpectLog("module Second failed to announce its leaving; going on without it")
    @ExpectLog("module Second failed to drain; going on without it")
    @ExpectLog("module Second failed to close; going on without it")
    void aModuleThatFailsToLeaveDoesNotStopTheOthers() {
        FakeModule<Second> broken = FakeModule.second(events)
                .onAnnounce(deadline -> {
                    throw new IllegalStateException("broken");
                })
                .onDrain(deadline -> {
                    throw new IllegalStateException("broken");
                })
                .onClose(() -> {
                    throw new NoClassDefFoundError("the web application has gone");
                });
        one(member -> member.install(FakeModule.first(events)).install(broken)).close();

        assertThat(events).endsWith("close Second", "close First").contains("announce First", "drain First");
    }

    @Test
    void laterClosersWaitForTheFirst() throws Exception {
        CountDownLatch draining = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TestCluster cluster =
                one(member -> member.install(FakeModule.first(events).onDrain(deadline -> {
                    draining.countDown();
                    awaitQuietly(goOn);
                })));
        Cluster member = cluster.member(0);

        List<Future<Cluster.State>> closers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            closers.add(callers.submit(() -> {
                member.close();
                return member.state();
            }));
        }
        draining.await();
        assertThat(closers).noneMatch(Future::isDone);
        goOn.countDown();

        for (Future<Cluster.State> each : closers) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isEqualTo(Cluster.State.CLOSED);
        }
        member.close();
        assertThat(events).containsExactly("start First", "announce First", "drain First", "close First");
    }

    @Test
    void aModuleMayCloseTheClusterThatClosesIt() {
        AtomicReference<Cluster> toClose = new AtomicReference<>();
        TestCluster cluster = one(member -> member.install(FakeModule.first(events)
                .onClose(() -> requireNonNull(toClose.get()).close())));
        toClose.set(cluster.member(0));

        cluster.close();

        assertThat(cluster.member(0).state()).isEqualTo(Cluster.State.CLOSED);
    }

    @Test
    void anInterruptDoesNotCutClosingShortAndIsKept() {
        AtomicBoolean interruptedInside = new AtomicBoolean(true);
        TestCluster cluster = TestCluster.of("life")
                .members(2)
                .configure((i, member) -> member.install(FakeModule.first(events)
                        .onDrain(deadline ->
                                interruptedInside.set(Thread.currentThread().isInterrupted()))))
                .start();
        for (int i = 0; i < 50; i++) {
            CertainWrites.set(cluster.member(1).hazelcast().getMap("data"), i, "value");
        }

        Thread.currentThread().interrupt();
        cluster.member(1).close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interruptedInside).isFalse();
        assertThat(cluster.member(0).hazelcast().getMap("data").size()).isEqualTo(50);
        cluster.close();
    }

    @Test
    void leavingMovesDataWithoutBackups() {
        TestCluster cluster = TestCluster.of("life")
                .members(2)
                .hazelcast((i, config) -> config.getMapConfig("data").setBackupCount(0))
                .start();
        for (int i = 0; i < 200; i++) {
            CertainWrites.set(cluster.member(0).hazelcast().getMap("data"), i, "value");
        }

        cluster.close(0);

        assertThat(cluster.member(1).hazelcast().getMap("data").size()).isEqualTo(200);
        cluster.close();
    }

    @Test
    @ExpectLog("cluster 'life': node 'n[01]' could not hand over all its data in time and leaves at once")
    void aMemberThatCannotHandOverItsDataLeavesWithoutDoingSo() {
        TestCluster cluster = TestCluster.of("life")
                .members(2)
                .configure((i, member) -> member.shutdownTimeout(Duration.ofSeconds(3)))
                .start();
        // Silently cut off: nobody has noticed yet.
        SplitBrainTestSupport.blockCommunicationBetween(
                cluster.member(0).hazelcast(), cluster.member(1).hazelcast());
        long begin = SystemTime.TICKER.getAsLong();

        cluster.close(1);

        assertThat(Duration.ofNanos(SystemTime.TICKER.getAsLong() - begin)).isLessThan(Duration.ofSeconds(20));
        assertThat(cluster.member(1).state()).isEqualTo(Cluster.State.CLOSED);
        cluster.close();
    }

    @Test
    @ExpectLog("cluster 'life': the member of node 'n0' has stopped although nobody closed it")
    void aMemberThatStopsByItselfIsReportedAndOnlyReleasedAtClose() throws Exception {
        TestCluster cluster =
                one(member -> member.install(FakeModule.first(events).onStart(context::set)));
        HealthCheck check = context().healthChecks().get(0);
        assertThat(check.name()).isEqualTo("member");
        assertThat(check.check()).isEqualTo(new HealthCheck.Result(Status.UP, "alone"));

        cluster.member(0).hazelcast().getLifecycleService().terminate();

        assertThat(check.check().status()).isEqualTo(Status.DOWN);
        context().requests().entered(); // must not be waited for: it can do nothing any more
        cluster.close();
        assertThat(events).containsExactly("start First", "close First");
    }

    @Test
    void poolsAndTimerAreNamedAfterClusterAndModule() throws Exception {
        CompletableFuture<String> pool = new CompletableFuture<>();
        CompletableFuture<String> timer = new CompletableFuture<>();
        TestCluster cluster = one(member -> member.install(FakeModule.first().onStart(started -> {
            started.newPool("work", 2)
                    .execute(() -> pool.complete(Thread.currentThread().getName()));
            started.scheduler()
                    .execute(() -> timer.complete(Thread.currentThread().getName()));
        })));

        assertThat(pool.get(5, TimeUnit.SECONDS)).isEqualTo("life-first-work-1");
        assertThat(timer.get(5, TimeUnit.SECONDS)).isEqualTo("life-core-timer-1");
        cluster.close();
    }

    @Test
    void periodicWorkEndsBeforeTheModuleIsClosed() {
        TestTime time = new TestTime();
        List<Integer> scheduledAtClose = new CopyOnWriteArrayList<>();
        one(member -> time.applyTo(member.install(FakeModule.first()
                        .onStart(started ->
                                started.repeat(started.newPool("work", 1), Duration.ofSeconds(1), "work", () -> {}))
                        .onClose(() -> scheduledAtClose.add(time.scheduledTasks())))))
                .close();

        assertThat(scheduledAtClose).as("only core's own task is left").containsExactly(1);
        assertThat(time.scheduledTasks()).isZero();
    }

    @Test
    void oneLineAtStartHoldsTheWholeConfiguration() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger("io.flotilla.internal.RunningCluster");
        logger.addAppender(lines);
        try (TestCluster cluster =
                one(member -> member.callTimeout(Duration.ofSeconds(7)).install(FakeModule.first()))) {
            assertThat(cluster.running()).containsExactly(0);
            assertThat(lines.list).hasSize(1);
            assertThat(lines.list.get(0).getFormattedMessage())
                    .startsWith("cluster 'life': node 'n0' joined at [127.0.0.1]:")
                    .endsWith("; ClusterConfig[name=life, node=n0, bindHost=127.0.0.1, bindPort=0, discovery=none,"
                            + " security=a secret that nobody knows, callTimeout=PT7S, shutdownTimeout=PT30S,"
                            + " initialMembers=1, splitPolicy=KEEP_MAJORITY] [FakeFirst]");
        } finally {
            logger.detachAppender(lines);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
