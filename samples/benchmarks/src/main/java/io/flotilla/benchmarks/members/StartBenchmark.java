package io.flotilla.benchmarks.members;

import io.flotilla.Cluster;
import io.flotilla.Discovery;
import io.flotilla.benchmarks.report.Bar;
import io.flotilla.benchmarks.report.Bar.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Measures the time from a fresh JVM's call until its member has joined: of a first member, and of a second one that joins
 * it over loopback. Each round does both with Flotilla and with bare Hazelcast under the same configuration, in turn, so
 * that whatever else the machine does meets both alike.
 */
final class StartBenchmark {
    private static final int WARM_UP = 2; // fills the file cache

    private final Mode mode;
    private final Path properties;
    private final Comparison first = new Comparison("first member");
    private final Comparison joiner = new Comparison("joiner");
    private final Comparison firstCpu = new Comparison("first member, processor time");
    private final Comparison joinerCpu = new Comparison("joiner, processor time");

    private StartBenchmark(Mode mode, Path properties) {
        this.mode = mode;
        this.properties = properties;
    }

    /** Of one member: until it had joined, and the processor time of its JVM until then. */
    private record Cost(double millis, double cpuMillis) {
        static Cost of(MemberProcess member, int members) throws IOException {
            Started started = member.await(members);
            return new Cost(started.millis(), member.cpu().toMillis());
        }
    }

    /** Of the first member of a cluster and of the second. */
    private record Pair(Cost first, Cost joiner) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f + %.0f ms", first.millis(), joiner.millis());
        }
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: StartBenchmark plain|secured <rounds>");
            System.exit(2);
        }
        run(Mode.valueOf(args[0].toUpperCase(Locale.ROOT)), Integer.parseInt(args[1]))
                .forEach(each -> System.out.println(each.line()));
    }

    /** Measures so many rounds and prints them; what came of the bars. */
    static List<Verdict> run(Mode mode, int rounds) throws IOException {
        Path properties = Files.createTempFile("hazelcast", ".properties");
        try {
            write(flotillasProperties(), properties);
            StartBenchmark benchmark = new StartBenchmark(mode, properties);
            benchmark.run(rounds);
            return benchmark.verdicts();
        } finally {
            Files.delete(properties);
        }
    }

    /** As they are, whatever they are: the two sides cannot drift apart. */
    private static Properties flotillasProperties() {
        try (Cluster cluster =
                Cluster.builder("startup").discovery(Discovery.none()).start()) {
            return cluster.hazelcast().getConfig().getProperties();
        }
    }

    private static void write(Properties properties, Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    private void run(int rounds) throws IOException {
        double before = load();
        for (int i = -WARM_UP; i < rounds; i++) {
            round(i);
        }
        System.out.printf(
                Locale.ROOT,
                "Start-up, %s, %d rounds; JDK %s, %d processors, load average %.1f before and %.1f after%n%n",
                mode.name().toLowerCase(Locale.ROOT),
                rounds,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                before,
                load());
        System.out.println("| ms, median (quartiles) | Flotilla | Hazelcast | ratio |");
        System.out.println("| --- | --- | --- | --- |");
        for (Comparison each : List.of(first, joiner, firstCpu, joinerCpu)) {
            System.out.println(each.row());
        }
    }

    private List<Verdict> verdicts() {
        String name = "start." + mode.name().toLowerCase(Locale.ROOT);
        return List.of(
                Bar.atMost(mode.most(), name + ".first").of(first.ratios()),
                Bar.atMost(mode.most(), name + ".joiner").of(joiner.ratios()));
    }

    private void round(int number) throws IOException {
        boolean flotillaFirst = number % 2 == 0;
        Pair early = flotillaFirst ? flotilla() : hazelcast();
        Pair late = flotillaFirst ? hazelcast() : flotilla();
        Pair flotilla = flotillaFirst ? early : late;
        Pair hazelcast = flotillaFirst ? late : early;
        System.err.printf(
                Locale.ROOT, "round %d: Flotilla %s, Hazelcast %s, load %.1f%n", number, flotilla, hazelcast, load());
        if (number >= 0) {
            first.add(flotilla.first().millis(), hazelcast.first().millis());
            joiner.add(flotilla.joiner().millis(), hazelcast.joiner().millis());
            firstCpu.add(flotilla.first().cpuMillis(), hazelcast.first().cpuMillis());
            joinerCpu.add(flotilla.joiner().cpuMillis(), hazelcast.joiner().cpuMillis());
        }
    }

    private Pair flotilla() throws IOException {
        return pair(FlotillaMember.class, mode.name());
    }

    private Pair hazelcast() throws IOException {
        return pair(HazelcastMember.class, properties.toString());
    }

    /** The first member looks for nobody else: Hazelcast would wait a second for an answer, which is nobody's doing. */
    private static Pair pair(Class<?> main, String argument) throws IOException {
        List<String> addresses = freeAddresses();
        String one = addresses.get(0);
        String other = addresses.get(1);
        try (MemberProcess first = MemberProcess.start(main, one, argument)) {
            Cost alone = Cost.of(first, 1);
            try (MemberProcess second = MemberProcess.start(main, other + "," + one, argument)) {
                return new Pair(alone, Cost.of(second, 2));
            }
        }
    }

    static List<String> freeAddresses() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return List.of("127.0.0.1:" + one.getLocalPort(), "127.0.0.1:" + other.getLocalPort());
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
