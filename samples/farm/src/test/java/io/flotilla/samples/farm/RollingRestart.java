package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One node after the other is stopped and started again while people use the farm: nobody may notice. */
final class RollingRestart {
    private static final int VISITORS = 4;

    private RollingRestart() {}

    static void runsUnnoticed(BalancerKind kind) throws Exception {
        try (TestFarm farm = TestFarm.start(3);
                Balancer balancer =
                        Balancer.start(kind, Ports.find(1).get(0), farm.farm().nodes(), farm.directory())) {
            awaitUse(balancer);
            try (Load load = Load.start(balancer.url(), VISITORS)) {
                for (int i = 0; i < farm.size(); i++) {
                    load.await(100, new Patience(TestFarm.PATIENCE));
                    int exitCode = farm.node(i).terminate().get(45, TimeUnit.SECONDS);
                    assertThat(exitCode)
                            .as("exit code of " + farm.node(i).name())
                            .isZero();
                    load.await(100, new Patience(TestFarm.PATIENCE));
                    farm.restart(i);
                }
                load.await(100, new Patience(Duration.ofSeconds(10)));
                load.end();
                assertThat(load.failures())
                        .as("failures of " + load.requests() + " requests")
                        .isEmpty();
            }
        }
    }

    static void awaitUse(Balancer balancer) {
        org.awaitility.Awaitility.await()
                .atMost(TestFarm.PATIENCE)
                .until(() -> Visitor.status("GET", balancer.url().resolve("/api/session")) == 200);
    }
}
