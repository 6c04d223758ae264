package io.flotilla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.spi.ModuleContext;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class CoreMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** With sockets: what guards them counts too. */
    @Test
    @Tag("cluster")
    void theReadmeListsTheRegisteredMeters() throws IOException {
        try (Cluster cluster =
                Cluster.builder("metrics").meterRegistry(registry).start()) {
            assertThat(names(registry.getMeters())).isEqualTo(ReadmeTable.column("Metrics", 0));
            assertThat(registry.getMeters())
                    .allMatch(each -> cluster.name().equals(each.getId().getTag("cluster")));
        }
    }

    @ClusterTest(members = 2)
    void membersAreCounted(TestCluster.Builder builder) {
        TestCluster cluster = builder.configure((i, member) -> {
                    if (i == 0) {
                        member.meterRegistry(registry);
                    }
                })
                .start();
        assertThat(registry.get("flotilla.members").gauge().value()).isEqualTo(2);
        cluster.kill(1);
        cluster.awaitSize(1);
        assertThat(registry.get("flotilla.members").gauge().value()).isEqualTo(1);
    }

    @ClusterTest(members = 1)
    void closeRemovesTheClustersMetersAndOnlyThem(TestCluster.Builder builder) {
        CompositeMeterRegistry users = new CompositeMeterRegistry().add(registry);
        users.counter("users.own");
        AtomicReference<Counter> modules = new AtomicReference<>();
        TestCluster cluster = builder.configure((i, member) -> member.meterRegistry(users)
                        .install(FakeModule.first().onStart(context -> modules.set(counter(context)))))
                .start();
        assertThat(names(registry.getMeters())).contains("users.own", "fake.things", "flotilla.members");
        assertThat(registry.get("fake.things")
                        .tag("cluster", cluster.name())
                        .counter()
                        .count())
                .isEqualTo(1);

        cluster.close();

        assertThat(names(registry.getMeters())).containsExactly("users.own");
        assertThat(names(users.getMeters())).containsExactly("users.own");
        assertThat(registry.isClosed()).isFalse();
        assertThat(users.isClosed()).isFalse();
    }

    private static Counter counter(ModuleContext context) {
        Counter counter = context.meters().counter("fake.things");
        counter.increment();
        return counter;
    }

    /** One backup is the default: owner and backup gone at once is a loss, whatever other members are left. */
    @ClusterTest(members = 3)
    @ExpectLog("has stopped although nobody closed it")
    void lostPartitionsAreCounted(TestCluster.Builder builder) {
        TestCluster cluster = builder.configure((i, member) -> {
                    if (i == 2) {
                        member.meterRegistry(registry);
                    }
                })
                .start();
        assertThat(registry.get("flotilla.partitions.lost").counter().count()).isZero();

        // Both in one moment: crashes one after the other lose nothing.
        var first = CompletableFuture.runAsync(
                () -> cluster.member(0).hazelcast().getLifecycleService().terminate());
        var second = CompletableFuture.runAsync(
                () -> cluster.member(1).hazelcast().getLifecycleService().terminate());
        CompletableFuture.allOf(first, second).join();

        await().untilAsserted(() -> assertThat(
                        registry.get("flotilla.partitions.lost").counter().count())
                .isPositive());
    }

    private static Set<String> names(List<Meter> meters) {
        TreeSet<String> names = new TreeSet<>();
        meters.forEach(each -> names.add(each.getId().getName()));
        return names;
    }
}
