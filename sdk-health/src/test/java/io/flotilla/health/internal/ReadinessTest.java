package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.Cluster;
import io.flotilla.health.Health.State;
import io.flotilla.health.internal.checks.Group;
import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final FakeContext context = new FakeContext();
    private final FakeCheck disk = new FakeCheck("disk");
    private final BackgroundChecks checks =
            new BackgroundChecks(Settings.DEFAULTS, context, new HealthMetrics(context.meters(), context.requests()));
    private final Readiness readiness = new Readiness(context, checks);

    @AfterEach
    void close() {
        context.close();
    }

    private void run(Status status) {
        disk.result = new Result(status, "");
        if (context.checks.isEmpty()) {
            context.checks.add(disk);
            checks.discover(() -> {});
        } else {
            context.tick();
        }
        Awaitility.await().until(() -> checks.allHaveRun() && checks.worst() == status);
    }

    @Test
    void startsWhenTheClusterRunsAndEveryCheckHasRun() {
        context.state = Cluster.State.STARTING;
        run(Status.UP);
        assertThat(readiness.state()).isEqualTo(State.STARTING);
        assertThat(readiness.started()).isFalse();

        context.state = Cluster.State.RUNNING;
        context.checks.add(new FakeCheck("late"));
        assertThat(readiness.state()).isEqualTo(State.STARTING);

        checks.discover(() -> {});
        Awaitility.await().until(checks::allHaveRun);
        assertThat(readiness.state()).isEqualTo(State.UP);
        assertThat(readiness.started()).isTrue();
    }

    @Test
    void staysStartedWhateverHappensLater() {
        run(Status.UP);
        assertThat(readiness.started()).isTrue();
        context.checks.add(new FakeCheck("late"));
        context.state = Cluster.State.DRAINING;
        assertThat(readiness.started()).isTrue();
    }

    @Test
    void followsTheWorstCheck() {
        run(Status.UP);
        assertThat(readiness.state()).isEqualTo(State.UP);
        run(Status.DEGRADED);
        assertThat(readiness.state()).isEqualTo(State.DEGRADED);
        run(Status.DOWN);
        assertThat(readiness.state()).isEqualTo(State.DOWN);
        run(Status.UP);
        assertThat(readiness.state()).isEqualTo(State.UP);
    }

    @Test
    void isDownWithoutAnybodyRunningAnythingWhenACheckIsLate() {
        run(Status.UP);
        assertThat(readiness.state()).isEqualTo(State.UP);
        context.advance(Duration.ofSeconds(4));
        assertThat(readiness.state()).isEqualTo(State.DOWN);
    }

    @Test
    void drainsAtTheOperatorsWordAndWhenTheClusterCloses() {
        run(Status.DOWN);
        assertThat(readiness.takeOut(true)).isTrue();
        assertThat(readiness.takeOut(true)).isFalse();
        assertThat(readiness.state()).isEqualTo(State.DRAINING);
        assertThat(readiness.takeOut(false)).isTrue();
        assertThat(readiness.state()).isEqualTo(State.DOWN);

        context.state = Cluster.State.DRAINING;
        assertThat(readiness.state()).isEqualTo(State.DRAINING);
        context.state = Cluster.State.CLOSED;
        assertThat(readiness.state()).isEqualTo(State.DOWN);
    }

    @Test
    void onlyUpAndDegradedAreReady() {
        assertThat(State.values()).filteredOn(Readiness::isReady).containsExactly(State.UP, State.DEGRADED);
    }

    @Test
    void aGroupFollowsItsOwnChecks() {
        run(Status.DOWN);
        assertThat(readiness.state(new Group(true, Set.of("disk")))).isEqualTo(State.DOWN);
        assertThat(readiness.state(new Group(false, Set.of("disk")))).isEqualTo(State.UP);
        assertThat(readiness.state(new Group(false, Set.of("mail")))).isEqualTo(State.DOWN);
        assertThat(readiness.state(Group.ALL)).isEqualTo(State.DOWN);

        readiness.takeOut(true);
        assertThat(readiness.state(new Group(false, Set.of("disk")))).isEqualTo(State.DRAINING);
    }

    @Test
    void aGroupWithoutOneOfItsChecksIsNotReady() {
        run(Status.UP);
        assertThat(readiness.state(new Group(true, Set.of("disk")))).isEqualTo(State.UP);
        assertThat(readiness.state(new Group(true, Set.of("disk", "dsik")))).isEqualTo(State.STARTING);
    }
}
