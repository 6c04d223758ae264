package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.server.ServerConnectionManager;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import io.flotilla.Cluster;
import io.flotilla.Discovery;
import io.flotilla.Security;
import io.flotilla.Standing;
import io.flotilla.testkit.CleanSlate;
import java.io.Serializable;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connection between two members that both live on breaks under load, over real sockets. */
@Tag("cluster")
@Timeout(120)
@ExtendWith(CleanSlate.class)
final class LostConnectionTest {
    private static final int WRITERS = 6;
    private static final int ROUNDS = 5;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong slowest = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void callsAreNeitherHeldUpNorLostNorApplyTwice() throws Exception {
        int port = freePort();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try (Cluster one = member("a", port, port);
                Cluster two = member("b", 0, port)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String key = "key" + i;
                Cluster from = i % 2 == 0 ? one : two;
                running.add(writers.submit(() -> write(from, key)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                int before = calls.get();
                Awaitility.await().until(() -> calls.get() > before + 500);
                breakConnections(one.hazelcast());
            }
            int after = calls.get();
            Awaitility.await().until(() -> calls.get() > after + 500);
            stop.set(true);
            for (Future<?> each : running) {
                each.get(30, TimeUnit.SECONDS);
            }
            assertThat(Duration.ofNanos(slowest.get())).isLessThan(Duration.ofSeconds(3));
            assertThat(one.hazelcast().getCluster().getMembers()).hasSize(2);
            assertThat(List.of(one.standing(), two.standing())).containsOnly(Standing.OPEN);
        } finally {
            stop.set(true);
            writers.shutdownNow();
        }
    }

    private static Cluster member(String node, int port, int known) {
        return Cluster.builder("wire")
                .node(node)
                .bind("127.0.0.1", port)
                .discovery(Discovery.members("127.0.0.1:" + known))
                .security(Security.secret("a secret of thirty-two bytes or so".getBytes(StandardCharsets.UTF_8)))
                .start();
    }

    private void write(Cluster from, String key) {
        IMap<String, Integer> map = from.hazelcast().getMap("wire");
        for (int n = 1; !stop.get(); n++) {
            long begin = SystemTime.TICKER.getAsLong();
            assertThat(((RunningCluster) from).calls().onKey(map, key, new CountOnce(n)))
                    .isEqualTo(n);
            slowest.accumulateAndGet(SystemTime.TICKER.getAsLong() - begin, Math::max);
            calls.incrementAndGet();
        }
    }

    private static void breakConnections(HazelcastInstance member) {
        ServerConnectionManager connections = ((HazelcastInstanceProxy) member)
                .getOriginal()
                .node
                .getServer()
                .getConnectionManager(EndpointQualifier.MEMBER);
        List.copyOf(connections.getConnections()).forEach(each -> each.close("broken by a test", null));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Counts up, once for each operation id; a second time shows in the result. */
    private static final class CountOnce implements EntryProcessor<String, Integer, Integer>, Serializable {
        private static final long serialVersionUID = 1L;
        private final int operation;

        CountOnce(int operation) {
            this.operation = operation;
        }

        @Override
        public Integer process(Map.Entry<String, Integer> entry) {
            int before = entry.getValue() == null ? 0 : entry.getValue();
            if (before == operation - 1) {
                entry.setValue(operation);
            }
            return entry.getValue();
        }
    }
}
