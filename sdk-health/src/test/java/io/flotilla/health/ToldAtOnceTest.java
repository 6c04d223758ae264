package io.flotilla.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.ClusterBuilder;
import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;

/** Heartbeats are a minute apart here: what the others know sooner they were told out of turn. */
class ToldAtOnceTest implements ClusterTest.Setup {

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.install(new FakeFeature())
                .install(Health.module(
                        h -> h.heartbeatInterval(Duration.ofMinutes(1)).drainQuiet(Duration.ZERO)));
    }

    @ClusterTest(members = 2)
    void aCheckThatChangesItsMind(TestCluster cluster, TestTime time) {
        Health one = cluster.member(0).get(Health.class);
        time.advance(Duration.ofSeconds(1));
        await().untilAsserted(() ->
                assertThat(one.nodes()).extracting(NodeStatus::state).containsOnly(Health.State.UP));

        cluster.member(1).get(FakeFeature.class).result = new Result(Status.DEGRADED, "slow");
        time.advance(Duration.ofSeconds(1));
        await().untilAsserted(() -> assertThat(one.nodes())
                .extracting(NodeStatus::state)
                .containsExactly(Health.State.UP, Health.State.DEGRADED));
    }
}
