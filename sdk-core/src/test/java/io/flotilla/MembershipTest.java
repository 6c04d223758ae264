package io.flotilla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.hazelcast.test.TestHazelcastInstanceFactory;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What is said about who is in the cluster. */
@Tag("cluster")
@Timeout(60)
@ExtendWith(CleanSlate.class)
final class MembershipTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    };

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.flotilla.internal.MembershipLog");
    }

    @BeforeEach
    void listen() {
        appender.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(appender);
    }

    private void awaitLine(String regex) {
        await("a line that matches " + regex + " in " + lines)
                .until(() -> lines.stream().anyMatch(each -> each.matches(regex)));
    }

    @ClusterTest(members = 2)
    void joiningLeavingAndCrashingAreOneLineEach(TestCluster cluster) {
        awaitLine("INFO cluster 'membershiptest': node 'n1' at 127\\.0\\.0\\.1:\\d+ joined; members: 2");
        cluster.add();
        awaitLine("INFO cluster 'membershiptest': node 'n2' at 127\\.0\\.0\\.1:\\d+ joined; members: 3");
        cluster.close(2);
        awaitLine("INFO cluster 'membershiptest': node 'n2' at 127\\.0\\.0\\.1:\\d+ left; members: 2");
        cluster.kill(1);
        awaitLine("INFO cluster 'membershiptest': node 'n1' at 127\\.0\\.0\\.1:\\d+ left; members: 1");
    }

    @Test
    @ExpectLog("cluster 'alone': node 'n0' is alone; looked for members at 127\\.0\\.0\\.1:5799 \\(refused\\)\\.")
    void aMemberThatFindsNobodySaysWhereItLooked() {
        TestTime time = new TestTime();
        try (TestCluster cluster = TestCluster.of("alone")
                .members(1)
                .time(time)
                .configure((i, member) -> member.discovery(Discovery.members("127.0.0.1:5799")))
                .start()) {
            assertThat(cluster.running()).hasSize(1);
            time.advance(Duration.ofMillis(4_999));
            assertThat(lines).isEmpty();
            time.advance(Duration.ofMillis(1));
            awaitLine("WARN .* is alone; .*");
        }
    }

    @Test
    void aMemberWithCompanyOrWithoutDiscoverySaysNothing() {
        TestTime time = new TestTime();
        TestCluster two = TestCluster.of("two")
                .members(2)
                .time(time)
                .configure((i, member) -> member.discovery(Discovery.members("127.0.0.1:5799")))
                .start();
        TestCluster loner = TestCluster.of("loner").members(1).time(time).start();
        time.advance(Duration.ofMinutes(1));
        assertThat(time.scheduledTasks()).isZero();
        two.close(); // ends the pools that look around, so all lines are in
        loner.close();
        assertThat(lines).noneMatch(each -> each.startsWith("WARN"));
    }

    @Test
    void aMemberThatIsClosedBeforeLeavesNoTaskBehind() {
        TestTime time = new TestTime();
        TestCluster.of("short").members(1).time(time).start().close();
        assertThat(time.scheduledTasks()).isZero();
    }

    @Test
    @ExpectLog("cluster 'twins' has two nodes called 'web': tables and metrics will mix them up")
    void twoNodesOfOneNameAreReported() {
        TestHazelcastInstanceFactory network = new TestHazelcastInstanceFactory();
        try (Cluster first = twin(network, 1);
                Cluster second = twin(network, 2)) {
            assertThat(first.node()).isEqualTo(second.node());
        }
    }

    private static Cluster twin(TestHazelcastInstanceFactory network, int number) {
        return TestMembers.from(Cluster.builder("twins").node("web"), config -> {
                    config.setInstanceName("twins-web-" + number); // two in one JVM would clash
                    return network.newHazelcastInstance(network.nextAddress(), config);
                })
                .start();
    }

    @ClusterTest(members = 3)
    @ExpectLog("cluster 'membershiptest' was split and heals: node 'n2' gives up its side's state and joins the other")
    void aSplitIsSeenAndHealedAndCounted(TestCluster.Builder builder) {
        SimpleMeterRegistry[] registries = {
            new SimpleMeterRegistry(), new SimpleMeterRegistry(), new SimpleMeterRegistry()
        };
        TestCluster cluster = builder.configure((i, member) -> member.meterRegistry(registries[i]))
                .start();

        cluster.split(Set.of(0, 1), Set.of(2));
        assertThat(registries[0].get("flotilla.members").gauge().value()).isEqualTo(2);
        assertThat(registries[2].get("flotilla.members").gauge().value()).isEqualTo(1);
        cluster.heal();

        awaitLine("INFO cluster 'membershiptest': node 'n2' has joined the other side");
        await().untilAsserted(() -> assertThat(
                        registries[2].get("flotilla.merges").counter().count())
                .isEqualTo(1));
        assertThat(registries[0].get("flotilla.merges").counter().count()).isZero();
        assertThat(registries[0].get("flotilla.members").gauge().value()).isEqualTo(3);
    }
}
