package io.flotilla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import com.hazelcast.core.Hazelcast;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import org.slf4j.LoggerFactory;

/** Runs the tests of {@link Victims} and looks at what the extension says about them. */
@Tag("cluster")
final class CleanSlateTest {

    @Test
    void passesATestThatLeavesNothing() {
        assertThat(verdict("clean")).isEmpty();
    }

    @Test
    void reportsALeftMemberAndItsThreadsAndEndsIt() {
        assertThat(verdict("leavesAMember"))
                .contains("Hazelcast member leaky-n0 still runs", "thread leaky-core-timer-1");
        assertThat(Hazelcast.getAllHazelcastInstances()).isEmpty();
        Victims.left.forEach(TestCluster::close);
    }

    @Test
    void reportsALeftThread() {
        assertThat(verdict("leavesAThread")).contains("thread hz.stray is alive, at");
        Victims.stray.countDown();
    }

    @Test
    void reportsWarningsOfOursAndErrorsOfAnybody() {
        assertThat(verdict("logs"))
                .contains(
                        "unexpected log line: WARN io.flotilla.x - ours",
                        "unexpected log line: ERROR org.other - theirs",
                        "java.lang.IllegalStateException: why")
                .doesNotContain("harmless");
    }

    @Test
    void acceptsAnnouncedLinesAndMissesTheOnesThatDoNotCome() {
        assertThat(verdict("announces")).isEmpty();
        assertThat(verdict("announcesInVain")).contains("expected a log line that matches \"never comes\", none came");
    }

    private static String verdict(String method) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Victims.class, method))
                .configurationParameter("junit.jupiter.conditions.deactivate", "*")
                .execute()
                .testEvents()
                .filter(event -> event.getType() == EventType.FINISHED)
                .map(CleanSlateTest::message)
                .reduce("", String::concat);
    }

    private static String message(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .map(Throwable::getMessage)
                .orElse("");
    }

    /** Tests that misbehave; run by the tests above only, since Surefire leaves nested classes out. */
    @ExtendWith(CleanSlate.class)
    static final class Victims {
        private static CountDownLatch stray = new CountDownLatch(1);
        private static final List<TestCluster> left = new ArrayList<>();

        @Test
        void clean() {}

        @Test
        void leavesAMember() {
            left.add(TestCluster.of("leaky").members(1).start());
        }

        @Test
        void leavesAThread() {
            stray = new CountDownLatch(1);
            Thread thread = new Thread(
                    () -> {
                        try {
                            stray.await();
                        } catch (InterruptedException end) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "hz.stray");
            thread.setDaemon(true);
            thread.start();
        }

        @Test
        void logs() {
            LoggerFactory.getLogger("io.flotilla.x").warn("ours");
            LoggerFactory.getLogger("org.other").warn("harmless");
            LoggerFactory.getLogger("com.hazelcast.internal.partition.X").error("harmless, tried again");
            LoggerFactory.getLogger("com.hazelcast.X")
                    .error("harmless", new IllegalStateException("HazelcastInstance[x] is not active!"));
            LoggerFactory.getLogger("org.other").error("theirs", new IllegalStateException("why"));
        }

        @Test
        @ExpectLog("^ours")
        @ExpectLog(value = "never comes", required = false)
        void announces() {
            LoggerFactory.getLogger("io.flotilla.x").warn("ours");
        }

        @Test
        @ExpectLog("never comes")
        void announcesInVain() {}
    }
}
