package io.flotilla.benchmarks.members;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.Discovery;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Measures what the protection of messages costs: this JVM is a member of two clusters of two, one plain and one secured,
 * and asks the other member of each for values that it owns. Each round asks both, by turns.
 */
final class MessageBenchmark {
    private static final int WARM_UP = 5; // rounds
    private static final int SMALL = 1 << 10;
    private static final int LARGE = 1 << 18;

    private final Cluster plain;
    private final Cluster secured;
    private final Comparison small = new Comparison("get of 1 KiB, µs");
    private final Comparison write = new Comparison("set of 1 KiB with a backup, µs");
    private final Comparison large = new Comparison("get of 256 KiB, µs");

    private MessageBenchmark(Cluster plain, Cluster secured) {
        this.plain = plain;
        this.secured = secured;
    }

    /** One of the two clusters, and a key that belongs to the other member of it. */
    private record Side(IMap<String, byte[]> values, String key) {
        private static final byte[] RANDOM = new byte[LARGE];

        static {
            new Random(1).nextBytes(RANDOM);
        }

        /** Looks for a key anew, since partitions may have moved. */
        static Side of(Cluster cluster) {
            HazelcastInstance member = cluster.hazelcast();
            IMap<String, byte[]> values = member.getMap("values");
            values.delete("nothing"); // gives every partition an owner, if none has one yet
            String key = IntStream.range(0, Integer.MAX_VALUE)
                    .mapToObj(Integer::toString)
                    .filter(each -> !isLocal(member, each))
                    .findFirst()
                    .orElseThrow();
            return new Side(values, key);
        }

        private static boolean isLocal(HazelcastInstance member, String key) {
            Member owner = member.getPartitionService().getPartition(key).getOwner();
            return owner == null || owner.localMember();
        }

        /** The mean of so many reads of a value of that size. */
        double read(int size, int times) {
            values.set(key, Arrays.copyOf(RANDOM, size));
            long begin = System.nanoTime();
            for (int i = 0; i < times; i++) {
                byte[] read = values.get(key);
                if (read == null || read.length != size) {
                    throw new IllegalStateException("another value came back");
                }
            }
            return micros(begin, times);
        }

        double write(int size, int times) {
            byte[] value = Arrays.copyOf(RANDOM, size);
            long begin = System.nanoTime();
            for (int i = 0; i < times; i++) {
                values.set(key, value);
            }
            return micros(begin, times);
        }

        private static double micros(long begin, int times) {
            return (System.nanoTime() - begin) / 1e3 / times;
        }
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: MessageBenchmark <rounds>");
            System.exit(2);
        }
        List<String> addresses = StartBenchmark.freeAddresses();
        try (MemberProcess one = MemberProcess.start(FlotillaMember.class, addresses.get(0), Mode.PLAIN.name());
                MemberProcess other =
                        MemberProcess.start(FlotillaMember.class, addresses.get(1), Mode.SECURED.name())) {
            one.await(1);
            other.await(1);
            try (Cluster plain = join(addresses.get(0), Mode.PLAIN);
                    Cluster secured = join(addresses.get(1), Mode.SECURED)) {
                new MessageBenchmark(plain, secured).run(Integer.parseInt(args[0]));
            }
        }
    }

    private static Cluster join(String address, Mode mode) {
        ClusterBuilder member =
                Cluster.builder("startup").node("caller-" + mode).discovery(Discovery.members(address));
        mode.apply(member);
        return member.start();
    }

    private void run(int rounds) {
        for (int i = -WARM_UP; i < rounds; i++) {
            round(i);
        }
        System.out.printf(
                Locale.ROOT,
                "Messages, %d rounds; JDK %s, %d processors, load average %.1f%n%n",
                rounds,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.println("| median (quartiles) | secured | plain | ratio |");
        System.out.println("| --- | --- | --- | --- |");
        for (Comparison each : List.of(small, write, large)) {
            System.out.println(each.row());
        }
    }

    private void round(int number) {
        boolean plainFirst = number % 2 == 0;
        Times early = Times.of(plainFirst ? plain : secured);
        Times late = Times.of(plainFirst ? secured : plain);
        if (number >= 0) {
            Times ofPlain = plainFirst ? early : late;
            Times ofSecured = plainFirst ? late : early;
            small.add(ofSecured.small(), ofPlain.small());
            write.add(ofSecured.write(), ofPlain.write());
            large.add(ofSecured.large(), ofPlain.large());
        }
    }

    /** Of one side in one round. */
    private record Times(double small, double write, double large) {
        static Times of(Cluster cluster) {
            Side side = Side.of(cluster);
            return new Times(side.read(SMALL, 3_000), side.write(SMALL, 2_000), side.read(LARGE, 400));
        }
    }
}
