package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.Cluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LivenessTest {
    private final FakeContext context = new FakeContext();
    private final Liveness liveness = new Liveness(context, new DeadlockCheck());

    @ParameterizedTest
    @EnumSource(Cluster.State.class)
    void aNodeWhoseMemberRunsIsAlive(Cluster.State state) {
        context.state = state;
        assertThat(liveness.alive()).isTrue();
    }

    @Test
    void aNodeWhoseMemberDiedIsNot() {
        context.memberRuns = false;
        assertThat(liveness.alive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Cluster.State.class,
            names = {"DRAINING", "CLOSED"})
    void aNodeThatLeftOnPurposeIsAlive(Cluster.State state) {
        context.memberRuns = false;
        context.state = state;
        assertThat(liveness.alive()).isTrue();
    }
}
