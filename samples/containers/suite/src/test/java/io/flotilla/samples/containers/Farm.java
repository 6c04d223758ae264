package io.flotilla.samples.containers;

import io.flotilla.Cluster;
import io.flotilla.sessions.Sessions;
import io.flotilla.spi.ClusterModule;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two servers of one kind with the same application, and the cluster of two that their sessions live in. */
final class Farm {
    private final TestTime time = new TestTime();
    private final TestCluster cluster;
    private final RunningContainer a;
    private final RunningContainer b;

    Farm(Container container, Path webapp, List<String> contextPaths, ClusterModule<Sessions> sessions)
            throws Exception {
        cluster = TestCluster.of("farm")
                .members(2)
                .time(time)
                .configure(
                        (i, member) -> member.callTimeout(Duration.ofSeconds(5)).install(sessions))
                .start();
        try {
            a = start(container, webapp, contextPaths, 0);
            b = start(container, webapp, contextPaths, 1);
        } catch (Exception | Error failure) {
            cluster.close();
            throw failure;
        }
    }

    private RunningContainer start(Container container, Path webapp, List<String> contextPaths, int i)
            throws Exception {
        return container.start(webapp, contextPaths, Map.of(Cluster.class.getName(), cluster.member(i)));
    }

    RunningContainer a() {
        return a;
    }

    RunningContainer b() {
        return b;
    }

    TestTime time() {
        return time;
    }

    void stop() throws Exception {
        a.stop();
        b.stop();
        cluster.close();
    }
}
