package io.flotilla;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.flotilla.internal.SystemTime;
import io.flotilla.spi.HealthCheck;
import io.flotilla.spi.ModuleContext;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who serves when others are lost, as modules, users and probes see it. */
@Timeout(120)
final class StandingTest implements ClusterTest.Setup {
    private final Map<Integer, ModuleContext> contexts = new HashMap<>();
    private final Map<Integer, SimpleMeterRegistry> registries = new HashMap<>();
    private final Map<Integer, List<Standing>> told = new HashMap<>();

    @Override
    public void configure(int i, ClusterBuilder member) {
        registries.put(i, new SimpleMeterRegistry());
        told.put(i, new CopyOnWriteArrayList<>());
        member.meterRegistry(of(registries, i))
                .onStanding(of(told, i)::add)
                .install(FakeModule.first().onStart(context -> contexts.put(i, context)));
    }

    private static <T> T of(Map<Integer, T> all, int i) {
        return requireNonNull(all.get(i));
    }

    private String call(int i) {
        IMap<String, String> map = of(contexts, i).hazelcast().getMap("standing");
        return of(contexts, i).calls().onKey(map, "key", new Answer());
    }

    private HealthCheck.Result health(int i) {
        HealthCheck check = of(contexts, i).healthChecks().stream()
                .filter(each -> each.name().equals("member"))
                .findFirst()
                .orElseThrow();
        try {
            return check.check();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private double open(int i) {
        return of(registries, i).get("flotilla.member.open").gauge().value();
    }

    @ClusterTest(members = 3)
    @ExpectLog("cluster 'standingtest' was split and heals")
    void theSmallerSideOfACutRefusesCallsUntilItHeals(TestCluster cluster) {
        assertThat(call(2)).isEqualTo("answer");
        assertThat(open(2)).isEqualTo(1);

        cluster.split(Set.of(0, 1), Set.of(2));

        await().until(() -> cluster.member(2).standing() == Standing.CUT_OFF);
        String reason =
                "cluster 'standingtest': node 'n2' has lost sight of 2 members that may be alive without it, and"
                        + " serves again when it hears from them; if they are gone for good, restart the application on this"
                        + " node";
        assertThatThrownBy(() -> call(2))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessage(reason);
        assertThat(health(2)).isEqualTo(new HealthCheck.Result(HealthCheck.Status.DOWN, reason));
        assertThat(open(2)).isZero();
        assertThat(call(0)).isEqualTo("answer");
        assertThat(health(0).status()).isEqualTo(HealthCheck.Status.UP);

        cluster.heal();

        assertThat(call(2)).isEqualTo("answer");
        assertThat(health(2).status()).isEqualTo(HealthCheck.Status.UP);
        await().untilAsserted(() -> assertThat(of(told, 2))
                .containsExactly(Standing.OPEN, Standing.CUT_OFF, Standing.MERGING, Standing.OPEN));
        assertThat(of(told, 0)).containsExactly(Standing.OPEN);
    }

    @ClusterTest(members = 2)
    void theYoungerOfTwoGoesOnWhenTheOlderCrashes(TestCluster cluster) {
        cluster.kill(0);
        cluster.awaitSize(1);

        await().untilAsserted(() -> assertThat(call(1)).isEqualTo("answer"));
        assertThat(of(told, 1)).containsExactly(Standing.OPEN);
    }

    @ClusterTest(members = 2)
    void theYoungerOfTwoGoesOnWhenTheOlderLeaves(TestCluster cluster) {
        cluster.close(0);
        cluster.awaitSize(1);

        assertThat(call(1)).isEqualTo("answer");
        assertThat(of(told, 1)).containsExactly(Standing.OPEN);
    }

    @ClusterTest(members = 2)
    @ExpectLog(value = "was split and heals", required = false)
    void theYoungerOfTwoStopsWhenTheOlderFallsSilent(TestCluster cluster) {
        cluster.split(Set.of(0), Set.of(1));

        await().until(() -> cluster.member(1).standing() == Standing.CUT_OFF);
        assertThat(cluster.member(0).standing()).isEqualTo(Standing.OPEN);
        cluster.heal();
        assertThat(call(0)).isEqualTo("answer");
        assertThat(call(1)).isEqualTo("answer");
    }

    @ClusterTest(members = 2)
    @ExpectLog(value = "was split and heals", required = false)
    void bothSidesGoOnWhereThatIsThePolicy(TestCluster.Builder builder) {
        TestCluster cluster = builder.configure((i, member) -> member.splitPolicy(SplitPolicy.KEEP_SERVING))
                .start();
        cluster.split(Set.of(0), Set.of(1));

        assertThat(call(0)).isEqualTo("answer");
        assertThat(call(1)).isEqualTo("answer");
        cluster.heal();
    }

    @ClusterTest(members = 3)
    @ExpectLog("node 'n1' stood still and waits until another member confirms that it still belongs")
    void aMemberThatStoodStillAsksAnotherAndGoesOn(TestCluster.Builder builder) {
        AtomicLong jump = new AtomicLong();
        TestCluster cluster = builder.configure((i, member) -> {
                    if (i == 1) {
                        member.pulse(() -> SystemTime.TICKER.getAsLong() + jump.get());
                    }
                })
                .start();

        jump.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThat(cluster.member(1).standing()).as("at once").isEqualTo(Standing.STALLED);
        assertThat(call(1)).as("a call waits for the confirmation").isEqualTo("answer");
        await().untilAsserted(
                        () -> assertThat(of(told, 1)).containsExactly(Standing.OPEN, Standing.STALLED, Standing.OPEN));
    }

    @ClusterTest(members = 1)
    void aMemberWaitsForTheInitialMembers(TestCluster.Builder builder) {
        TestCluster cluster =
                builder.configure((i, member) -> member.initialMembers(2)).start();
        assertThat(cluster.member(0).standing()).isEqualTo(Standing.FORMING);
        assertThatThrownBy(() -> call(0))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessage("cluster 'standingtest': node 'n0' is waiting for members: 1 of 2 have come; start the"
                        + " others, or lower ClusterBuilder.initialMembers");

        cluster.add();

        await().untilAsserted(() -> assertThat(call(0)).isEqualTo("answer"));
        assertThat(call(1)).isEqualTo("answer");
        cluster.kill(0);
        cluster.awaitSize(1);
        await().untilAsserted(() -> assertThat(call(1)).isEqualTo("answer"));
    }

    @Test
    @Tag("cluster")
    @ExtendWith(CleanSlate.class)
    @ExpectLog("the listener of ClusterBuilder.onStanding failed")
    void aListenerThatFailsHarmsNothing() {
        try (TestCluster cluster = TestCluster.of("deaf")
                .members(1)
                .configure((i, member) -> member.onStanding(standing -> {
                    throw new IllegalStateException("deaf");
                }))
                .start()) {
            assertThat(cluster.member(0).standing()).isEqualTo(Standing.OPEN);
        }
    }

    private static final class Answer implements EntryProcessor<String, String, String>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public String process(Map.Entry<String, String> entry) {
            return "answer";
        }
    }
}
