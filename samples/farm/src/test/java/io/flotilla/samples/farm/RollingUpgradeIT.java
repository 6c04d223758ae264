package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of this release and of the next one, real processes, in one farm that people use. */
@Tag("process")
final class RollingUpgradeIT {
    private static final int VISITORS = 4;
    private static final int WRITERS = 4;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void toTheNextReleaseAndBackGoesUnnoticed() throws Exception {
        try (Releases releases = Releases.in(directory);
                TestFarm farm = TestFarm.start(3);
                Balancer balancer = Balancer.start(
                        BalancerKind.BUILTIN, Ports.find(1).get(0), farm.farm().nodes(), farm.directory())) {
            RollingRestart.awaitUse(balancer);
            try (Load load = Load.start(balancer.url(), VISITORS)) {
                releases.useNext();
                roll(farm, load);
                assertThat(farm.farm().nodes()).allMatch(releases::isNext);
                releases.usePresent();
                roll(farm, load);
                assertThat(farm.farm().nodes()).noneMatch(releases::isNext);
                load.end();
                assertThat(load.failures())
                        .as("failures of " + load.requests() + " requests")
                        .isEmpty();
            }
        }
    }

    private static void roll(TestFarm farm, Load load) throws Exception {
        for (int i = 0; i < farm.size(); i++) {
            load.await(100, new Patience(TestFarm.PATIENCE));
            assertThat(farm.node(i).terminate().get(45, TimeUnit.SECONDS)).isZero();
            load.await(100, new Patience(TestFarm.PATIENCE));
            farm.restart(i);
        }
        load.await(100, new Patience(Duration.ofSeconds(10)));
    }

    /** Two of three nodes change release by a crash: what they owned is served from backups of the other release. */
    @Test
    void crashesOfEitherReleaseLoseNoAcknowledgedWrite() throws Exception {
        try (Releases releases = Releases.in(directory);
                TestFarm farm = TestFarm.start(3)) {
            Visitor visitor = new Visitor();
            visitor.post(farm.url(0), "/api/session/counter/start");
            try (Writes writes = Writes.start(visitor, WRITERS, request -> farm.url(request % 3))) {
                releases.useNext();
                crash(farm, writes, 0);
                crash(farm, writes, 1);
                assertThat(farm.farm().nodes()).filteredOn(releases::isNext).hasSize(2);
                releases.usePresent();
                crash(farm, writes, 1);
                crash(farm, writes, 0);
                farm.assertNothingLost(writes, visitor);
            }
        }
    }

    private static void crash(TestFarm farm, Writes writes, int victim) {
        TestFarm.awaitFreshWrites(writes, 3 * WRITERS);
        farm.node(victim).kill();
        TestFarm.awaitFreshWrites(writes, 3 * WRITERS);
        farm.restart(victim);
    }
}
