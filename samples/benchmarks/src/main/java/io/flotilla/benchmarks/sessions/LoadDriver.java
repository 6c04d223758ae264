package io.flotilla.benchmarks.sessions;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Many browsers in one thread: each client has one request under way and sends the next when it is answered, to the node
 * whose turn it is for that session. One selector and prepared requests leave the processors to the servers.
 */
final class LoadDriver implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 15_000; // longer than any system's own deadline
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Farm farm;
    private final Selector selector;
    private final List<Client> clients = new ArrayList<>();
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private Latencies latencies = new Latencies();
    private int failures;

    /** Connects so many clients, which share out the sessions among them. */
    LoadDriver(Farm farm, int clientCount, int sessions) throws IOException {
        this.farm = farm;
        selector = Selector.open();
        for (int i = 0; i < clientCount; i++) {
            clients.add(new Client(farm, selector, i, sessions / clientCount));
        }
        run(Workload.FILL, new Once());
    }

    /** Each client sends until this says no. */
    private interface Goal {
        boolean wantsMore(Client client, Workload workload);
    }

    /** Every session once. */
    private static final class Once implements Goal {
        @Override
        public boolean wantsMore(Client client, Workload workload) {
            return client.hasFresh();
        }
    }

    /** Sends for so long. */
    Load run(Workload workload, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        return run(workload, (client, work) -> System.nanoTime() < end);
    }

    /** Sends so many requests. */
    Load run(Workload workload, int requests) throws IOException {
        int[] left = {requests};
        return run(workload, (client, work) -> left[0]-- > 0);
    }

    private Load run(Workload workload, Goal goal) throws IOException {
        latencies = new Latencies();
        failures = 0;
        Duration driver = ownCpu();
        Duration system = farm.cpu();
        long begin = System.nanoTime();
        int underWay = 0;
        for (Client each : clients) {
            if (goal.wantsMore(each, workload)) {
                each.send(workload, random);
                underWay++;
            }
        }
        while (underWay > 0) {
            underWay -= answered(workload, goal);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        return new Load(
                latencies.count(),
                failures,
                time,
                latencies.within(0.5),
                latencies.within(0.99),
                ownCpu().minus(driver),
                farm.cpu().minus(system));
    }

    /** Handles what is there; how many clients have stopped. */
    private int answered(Workload workload, Goal goal) throws IOException {
        if (selector.select(PATIENCE_MILLIS) == 0) {
            throw new IOException("no answer for " + PATIENCE_MILLIS / 1000 + " s from " + farm);
        }
        int stopped = 0;
        for (SelectionKey each : selector.selectedKeys()) {
            Client client = (Client) each.attachment();
            if (counted(client.receive(each.channel()), client)) {
                if (goal.wantsMore(client, workload)) {
                    client.send(workload, random);
                } else {
                    stopped++;
                }
            }
        }
        selector.selectedKeys().clear();
        return stopped;
    }

    /** False if there is more of the answer to come. */
    private boolean counted(Client.Received received, Client client) {
        switch (received) {
            case MORE -> {
                return false;
            }
            case OK -> latencies.add(client.elapsed());
            case FAILED -> failures++;
        }
        return true;
    }

    private static Duration ownCpu() {
        return Duration.ofNanos(THREADS.getCurrentThreadCpuTime());
    }

    @Override
    public void close() throws IOException {
        for (Client each : clients) {
            each.close();
        }
        selector.close();
    }
}
