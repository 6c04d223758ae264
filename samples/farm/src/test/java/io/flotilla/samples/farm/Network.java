package io.flotilla.samples.farm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network of its own: a namespace for each node, joined by a bridge on which this machine is, too. It can be cut between
 * any two sides while the test goes on to reach both. What it makes it removes again, even when it was not made to the end.
 */
final class Network implements AutoCloseable {
    private static final int HTTP_PORT = 8080;
    private static final int MEMBER_PORT = 5701;

    private final String id = "fl" + (10_000 + new SecureRandom().nextInt(90_000));
    private final String subnet =
            "10." + (64 + new SecureRandom().nextInt(128)) + "." + (1 + new SecureRandom().nextInt(250)) + ".";
    private final Deque<String> undo = new ArrayDeque<>();
    private final int nodes;
    private boolean cut;

    private Network(int nodes) {
        this.nodes = nodes;
    }

    /**
     * Makes the network.
     *
     * @throws IllegalStateException if a program or the right to do so is missing; names the package
     */
    static Network of(int nodes) {
        require("/usr/sbin/ip", "iproute2");
        require("/usr/sbin/nft", "nftables");
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException("network namespaces are made by root only; run these tests as root");
        }
        Network network = new Network(nodes);
        try {
            network.make();
        } catch (RuntimeException failure) {
            network.close();
            throw failure;
        }
        return network;
    }

    private static void require(String program, String debianPackage) {
        if (!Files.isExecutable(Path.of(program))) {
            throw new IllegalStateException(program + " is missing; it is in Debian's package " + debianPackage);
        }
    }

    private void make() {
        run("ip link add " + bridge() + " type bridge");
        undo.push("ip link del " + bridge());
        run("ip addr add " + subnet + "1/24 dev " + bridge());
        run("ip link set " + bridge() + " up");
        for (int i = 0; i < nodes; i++) {
            run("ip netns add " + namespace(i));
            undo.push("ip netns del " + namespace(i)); // takes its end of the cable along, and so the other one
            run("ip link add " + cable(i) + " type veth peer name eth0 netns " + namespace(i));
            run("ip link set " + cable(i) + " master " + bridge() + " up");
            run("ip -n " + namespace(i) + " addr add " + host(i) + "/24 dev eth0");
            run("ip -n " + namespace(i) + " link set lo up");
            run("ip -n " + namespace(i) + " link set eth0 up");
        }
    }

    private String bridge() {
        return id + "br";
    }

    private String cable(int i) {
        return id + "v" + i;
    }

    private String namespace(int i) {
        return id + "n" + i;
    }

    private String host(int i) {
        return subnet + (i + 2);
    }

    /** Where the nodes run. */
    List<Place> places() {
        return IntStream.range(0, nodes)
                .mapToObj(i -> new Place(List.of("ip", "netns", "exec", namespace(i)), host(i), HTTP_PORT, MEMBER_PORT))
                .toList();
    }

    /** Drops every packet between these nodes and the others, without a word to either. */
    void cut(Collection<Integer> side) {
        for (int i = 0; i < nodes; i++) {
            boolean here = side.contains(i);
            String others = IntStream.range(0, nodes)
                    .filter(each -> side.contains(each) != here)
                    .mapToObj(this::host)
                    .collect(Collectors.joining(", "));
            nft(
                    i,
                    "add table ip cut\n"
                            + "add chain ip cut in { type filter hook input priority 0; }\n"
                            + "add rule ip cut in ip saddr { " + others + " } drop\n"
                            + "add chain ip cut out { type filter hook output priority 0; }\n"
                            + "add rule ip cut out ip daddr { " + others + " } drop\n");
        }
        cut = true;
    }

    void heal() {
        if (cut) {
            for (int i = 0; i < nodes; i++) {
                nft(i, "delete table ip cut\n");
            }
        }
        cut = false;
    }

    private void nft(int i, String rules) {
        execute(List.of("ip", "netns", "exec", namespace(i), "nft", "-f", "-"), rules);
    }

    private static void run(String command) {
        execute(List.of(command.split(" ")), "");
    }

    private static void execute(List<String> command, String input) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupt);
        }
    }

    /** Removes all of it, and tells at the end what could not be removed. */
    @Override
    public void close() {
        List<RuntimeException> failures = new ArrayList<>();
        while (!undo.isEmpty()) {
            try {
                run(undo.pop());
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}
