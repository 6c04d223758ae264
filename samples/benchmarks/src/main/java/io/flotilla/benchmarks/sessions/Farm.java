package io.flotilla.benchmarks.sessions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The servers of one system, and its store if it has one. */
final class Farm implements AutoCloseable {
    private final SystemUnderTest system;
    private final List<ServerProcess> servers = new ArrayList<>();
    private @Nullable RedisServer redis;

    private Farm(SystemUnderTest system) {
        this.system = system;
    }

    /** Starts the servers one after the other, each a member with those before it. */
    static Farm start(SystemUnderTest system, int nodes, FarmOptions options) throws IOException {
        Farm farm = new Farm(system);
        Path folder = Files.createTempDirectory("flotilla-" + system + "-");
        try {
            if (system == SystemUnderTest.SPRING_REDIS) {
                farm.redis = RedisServer.start(folder);
            }
            List<String> members = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                String member = "127.0.0.1:" + Ports.free();
                farm.servers.add(ServerProcess.start(
                        system,
                        options,
                        farm.arguments("node-" + i, member, members, options),
                        folder.resolve("node-" + i + ".log")));
                members.add(member);
            }
        } catch (IOException | RuntimeException failure) {
            farm.close();
            throw failure;
        }
        System.err.println(farm);
        return farm;
    }

    private List<String> arguments(String node, String member, List<String> others, FarmOptions options) {
        RedisServer store = redis;
        return Stream.of(
                        "node=" + node,
                        "member=" + member,
                        "others=" + String.join(",", others),
                        "store=" + (store == null ? "" : store.address()),
                        "content=" + options.content(),
                        "commitsEarly=" + options.commitsEarly(),
                        "meters=" + options.meters(),
                        "localCopies=" + options.localCopies(),
                        system.argument())
                .filter(each -> !each.isEmpty())
                .toList();
    }

    SystemUnderTest system() {
        return system;
    }

    int size() {
        return servers.size();
    }

    /** Where the nodes answer, in the order of their start. */
    List<Integer> ports() {
        return servers.stream().map(ServerProcess::port).toList();
    }

    /** Ends the node as a crash would. */
    void kill(int node) {
        servers.get(node).close();
    }

    /** All processes of the system, its store too. */
    List<ProcessHandle> processes() {
        RedisServer store = redis;
        return Stream.concat(
                        servers.stream().map(ServerProcess::handle),
                        store == null ? Stream.of() : Stream.of(store.handle()))
                .toList();
    }

    /** The processor time that the system has used so far. */
    Duration cpu() {
        return processes().stream().map(ServerProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
        RedisServer store = redis;
        if (store != null) {
            store.close();
        }
    }

    @Override
    public String toString() {
        return system + ": " + servers;
    }
}
