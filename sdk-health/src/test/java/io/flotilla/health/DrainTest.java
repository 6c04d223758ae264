package io.flotilla.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.flotilla.Cluster;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that closes while its web server is probed. */
@Tag("cluster")
@ExtendWith(CleanSlate.class)
class DrainTest {

    private final TestTime time = new TestTime();

    private Cluster start(FakeFeature feature, Duration drainTimeout) {
        Cluster cluster = time.applyTo(Cluster.builder("drain"))
                .node("web-1")
                .install(Health.module(h ->
                        h.drainTimeout(drainTimeout).drainQuiet(Duration.ZERO).probesToAcknowledge(2)))
                .install(feature)
                .start();
        letASecondPass(cluster);
        return cluster;
    }

    /** Time stands still otherwise, so that no prober is forgotten because a test is slow. */
    private void letASecondPass(Cluster cluster) {
        time.advance(Duration.ofSeconds(1));
        Health health = cluster.get(Health.class);
        await().until(() -> health.state() == Health.State.UP);
    }

    @Test
    void closingWaitsUntilTheProberWasToldAndStillAnswersIt(@TempDir Path work) throws Exception {
        Cluster cluster = start(new FakeFeature(), Duration.ofMinutes(5));
        Health health = cluster.get(Health.class);
        try (WebServer server = new WebServer(work, web -> health.register(web, "/health/*"))) {
            server.get("/health/ready?lb=lb1");
            letASecondPass(cluster);
            server.get("/health/ready?lb=lb1");
            CompletableFuture<Void> closing = CompletableFuture.runAsync(cluster::close);
            await().until(() -> cluster.state() == Cluster.State.DRAINING);

            assertThat(server.get("/health/ready?lb=lb1").body()).isEqualTo("DRAINING\n");
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThatIllegalStateException().isThrownBy(health::resume).withMessage("cluster 'drain' is closing");
            health.drain();
            server.get("/health/ready?lb=another");
            await().during(Duration.ofMillis(200)).until(() -> !closing.isDone()); // told one of two times
            assertThat(cluster.state()).isEqualTo(Cluster.State.DRAINING);

            server.get("/health/ready?lb=lb1");
            closing.get();

            assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(server.get("/health/live").statusCode())
                    .as("closed, not broken")
                    .isEqualTo(200);
            assertThat(server.get("/health").body()).isEqualTo("{\"status\":\"DOWN\",\"node\":\"web-1\"}");
        }
        assertThatIllegalStateException().isThrownBy(health::state).withMessage("cluster 'drain' is closed");
        assertThatIllegalStateException().isThrownBy(health::nodes);
        assertThatIllegalStateException().isThrownBy(health::drain);
        assertThatIllegalStateException().isThrownBy(health::resume);
        assertThatIllegalStateException().isThrownBy(health::adminOnly);
    }

    @Test
    @ExpectLog("has stopped although nobody closed it")
    void aNodeWhoseMemberDiedIsNeitherReadyNorAlive(@TempDir Path work) throws Exception {
        FakeFeature feature = new FakeFeature();
        Cluster cluster = start(feature, Duration.ZERO);
        Health health = cluster.get(Health.class);
        try (WebServer server = new WebServer(work, web -> health.register(web, "/health/*"))) {
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            feature.context().hazelcast().getLifecycleService().terminate();
            assertThat(server.get("/health/live").statusCode()).isEqualTo(503);
            assertThat(server.get("/health/live").body()).isEqualTo("DOWN\n");
            time.advance(Duration.ofSeconds(1));
            await().until(() -> server.get("/health/ready").statusCode() == 503);
            assertThat(server.get("/health/cluster").statusCode())
                    .as("no token is set")
                    .isEqualTo(403);
            assertThat(server.get("/health", "Authorization", "Bearer x").statusCode())
                    .isEqualTo(403);
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
        } finally {
            cluster.close();
        }
    }
}
