package io.flotilla.testkit;

import static java.util.Objects.requireNonNull;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.test.HazelcastTestSupport;
import com.hazelcast.test.SplitBrainTestSupport;
import com.hazelcast.test.TestHazelcastInstanceFactory;
import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.Standing;
import io.flotilla.TestMembers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Several members of one cluster inside this JVM, on Hazelcast's mock network: everything is real but the sockets. Members
 * are numbered from 0 and called {@code n0}, {@code n1} and so on; they can crash, leave, come back, be split and healed.
 *
 * <pre>{@code
 * try (TestCluster cluster = TestCluster.of("shop")
 *         .members(3)
 *         .configure((i, member) -> member.install(Sessions.module()))
 *         .start()) {
 *     cluster.kill(0);
 *     cluster.awaitSize(2);
 *     cluster.member(1).get(Sessions.class)...
 * }
 * }</pre>
 *
 * <p>Or let JUnit start and stop it: {@link ClusterTest}. Differences from production, made so that tests are quick: 11
 * partitions, split halves look for each other every second, a cut is noticed at once instead of after 8 seconds, and the members that were started count at once for who has the
 * majority in a cut, instead of after 15 quiet seconds.
 *
 * <p>Not thread-safe: one thread, the test's, drives it. The {@link Cluster}s it returns are thread-safe as ever.
 */
public final class TestCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    private final String name;
    private final BiConsumer<Integer, ClusterBuilder> setup;
    private final BiConsumer<Integer, Config> tuning;
    private final @Nullable TestTime time;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private @Nullable TestHazelcastInstanceFactory network;
    private volatile List<Set<Integer>> sides = List.of(); // read by events

    /** One numbered place in the cluster and whoever holds it, or held it last. */
    private static final class Member {
        private @Nullable Cluster cluster;
        private @Nullable HazelcastInstance hazelcast;
        private volatile @Nullable Address address;

        boolean runs() {
            return cluster != null
                    && hazelcast != null
                    && hazelcast.getLifecycleService().isRunning();
        }
    }

    private TestCluster(Builder builder) {
        this.name = builder.name;
        this.setup = builder.setup;
        this.tuning = builder.tuning;
        this.time = builder.time;
    }

    /**
     * Starts describing a cluster.
     *
     * @param name the cluster's name, and the first part of its threads' names
     * @return a builder for three members without modules
     */
    public static Builder of(String name) {
        return new Builder(name);
    }

    /** Describes a {@link TestCluster}. */
    public static final class Builder {
        private final String name;
        private int members = 3;
        private BiConsumer<Integer, ClusterBuilder> setup = (i, member) -> {};
        private BiConsumer<Integer, Config> tuning = (i, member) -> {};
        private Consumer<TestCluster> onStart = cluster -> {};
        private @Nullable TestTime time;

        private Builder(String name) {
            this.name = requireNonNull(name, "name");
        }

        /**
         * How many members to start. Default: 3.
         *
         * @param count 1 or more
         * @return this builder
         */
        public Builder members(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("members must be at least 1, was " + count);
            }
            this.members = count;
            return this;
        }

        /**
         * Installs modules and changes settings of each member; called again whenever a member (re)starts. Name, node,
         * and the clocks if {@link #time} was called, are set already. May be called more than once: each adds to what
         * the ones before did.
         *
         * @param setup takes the member's number and its builder
         * @return this builder
         */
        public Builder configure(BiConsumer<Integer, ClusterBuilder> setup) {
            this.setup = this.setup.andThen(requireNonNull(setup, "setup"));
            return this;
        }

        /**
         * The very last word on a member's Hazelcast configuration, after what the kit changes.
         *
         * @param tuning takes the member's number and its configuration
         * @return this builder
         */
        public Builder hazelcast(BiConsumer<Integer, Config> tuning) {
            this.tuning = this.tuning.andThen(requireNonNull(tuning, "tuning"));
            return this;
        }

        /**
         * Lets all members live by this time. Default: the system's.
         *
         * @param time the time
         * @return this builder
         */
        public Builder time(TestTime time) {
            this.time = requireNonNull(time, "time");
            return this;
        }

        /** Who is to know of every cluster started, even if its start fails later on: the one who will close it. */
        void onStart(Consumer<TestCluster> listener) {
            this.onStart = listener;
        }

        /**
         * Starts the members, one after the other, and waits until all see each other.
         *
         * @return the cluster
         */
        public TestCluster start() {
            TestCluster cluster = new TestCluster(this);
            onStart.accept(cluster);
            try {
                for (int i = 0; i < members; i++) {
                    cluster.add();
                }
                cluster.awaitSafe();
                cluster.settle();
            } catch (RuntimeException | Error failure) {
                cluster.close();
                throw failure;
            }
            return cluster;
        }
    }

    /**
     * Returns the cluster's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns a member.
     *
     * @param i its number
     * @return the member; if it was killed or closed, the one that was
     */
    public Cluster member(int i) {
        return requireNonNull(place(i).cluster, "cluster");
    }

    /**
     * Returns the members that run.
     *
     * @return the members, by number
     */
    public List<Cluster> members() {
        return running().stream().map(this::member).toList();
    }

    /**
     * Returns the numbers of the members that run.
     *
     * @return the numbers, ascending
     */
    public List<Integer> running() {
        List<Integer> running = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).runs()) {
                running.add(i);
            }
        }
        return running;
    }

    /**
     * Starts one more member and waits until it has joined.
     *
     * @return its number
     */
    public int add() {
        members.add(new Member());
        start(members.size() - 1);
        settle();
        return members.size() - 1;
    }

    /**
     * Starts a member again, under the same number and node name, with a new builder; one that runs is closed first.
     *
     * @param i its number
     * @return the new member
     */
    public Cluster restart(int i) {
        close(i);
        awaitSize(running().size());
        start(i);
        settle();
        return member(i);
    }

    private void start(int i) {
        if (!sides.isEmpty()) {
            throw new IllegalStateException("heal the cluster before you start a member");
        }
        ClusterBuilder builder = Cluster.builder(name).node("n" + i);
        if (time != null) {
            time.applyTo(builder);
        }
        Member place = place(i);
        setup.accept(i, builder);
        TestMembers.from(builder, config -> {
            tune(config);
            tuning.accept(i, config);
            // Made late, so that Flotilla's own start is the first to touch Hazelcast's clock and loggers.
            if (network == null) {
                network = new TestHazelcastInstanceFactory();
            }
            Address address = network.nextAddress();
            place.address = address;
            place.hazelcast = network.newHazelcastInstance(address, config);
            return place.hazelcast;
        });
        TestMembers.closedByPeer(builder, connection -> !isCut(i, connection.getRemoteAddress()));
        place.cluster = builder.start();
        awaitSize(running().size());
    }

    /** A cut is told from a crash by who is on which side. */
    private boolean isCut(int i, Address other) {
        return sides.stream().anyMatch(side -> side.contains(i) && !side.contains(numberOf(other)));
    }

    private int numberOf(Address address) {
        for (int i = 0; i < members.size(); i++) {
            if (address.equals(members.get(i).address)) {
                return i;
            }
        }
        return -1;
    }

    /** Makes a majority of the present members count; in production that takes some quiet seconds. */
    private void settle() {
        members().forEach(TestMembers::settle);
    }

    private static void tune(Config config) {
        config.setProperty("hazelcast.partition.count", "11");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "1");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "1");
    }

    /**
     * Lets a member crash: its Hazelcast member is gone at once, as if the process had been killed; nothing drains and
     * nothing is handed over. Then releases what a dead process would not have kept either: threads and meters. Returns
     * before the others have noticed; see {@link #awaitSize(int)}.
     *
     * @param i the member's number
     */
    public void kill(int i) {
        Member victim = place(i);
        HazelcastInstance hazelcast = requireNonNull(victim.hazelcast, "hazelcast");
        LogWatch.allow("member of node 'n" + i + "' has stopped although nobody closed it");
        hazelcast.getLifecycleService().terminate();
        member(i).close();
    }

    /**
     * Lets a member leave in order. One that has left already, or was killed, stays so.
     *
     * @param i its number
     */
    public void close(int i) {
        member(i).close();
    }

    /**
     * Cuts the network: members on different sides can no longer reach each other. Waits until every member sees its own
     * side only. A cluster that is split already is healed first.
     *
     * @param sides the sides as sets of members' numbers; running members named in none form one more side
     */
    @SafeVarargs
    public final void split(Set<Integer>... sides) {
        if (!this.sides.isEmpty()) {
            heal();
        }
        List<Set<Integer>> all = new ArrayList<>();
        Set<Integer> rest = new TreeSet<>(running());
        for (Set<Integer> side : sides) {
            if (!rest.containsAll(side)) {
                throw new IllegalArgumentException(side + " holds a member that does not run or is on another side");
            }
            rest.removeAll(side);
            all.add(Set.copyOf(side));
        }
        if (!rest.isEmpty()) {
            all.add(Set.copyOf(rest));
        }
        this.sides = List.copyOf(all);
        LogWatch.allow("node 'n\\d+' has lost sight of \\d+ members");
        acrossSides(SplitBrainTestSupport::blockCommunicationBetween);
        acrossSides(HazelcastTestSupport::closeConnectionBetween);
        for (Set<Integer> side : all) {
            side.forEach(i -> awaitSize(i, side.size()));
        }
    }

    /**
     * Mends the network after {@link #split} and waits until all members are one cluster again, with every merge done
     * and every backup in place. The side with more members keeps its state and the others give up theirs through the
     * maps' merge policies; between sides of the same size Hazelcast chooses.
     */
    public void heal() {
        if (sides.isEmpty()) {
            throw new IllegalStateException("the cluster is not split");
        }
        acrossSides(SplitBrainTestSupport::unblockCommunicationBetween);
        sides = List.of();
        awaitSize(running().size());
        awaitSafe();
        Awaitility.await("all members of " + name + " serve again")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> members().stream().allMatch(each -> each.standing() == Standing.OPEN));
        settle();
    }

    private void acrossSides(BiConsumer<HazelcastInstance, HazelcastInstance> action) {
        for (int a = 0; a < sides.size(); a++) {
            for (int b = a + 1; b < sides.size(); b++) {
                for (int i : sides.get(a)) {
                    for (int j : sides.get(b)) {
                        if (place(i).runs() && place(j).runs()) {
                            action.accept(member(i).hazelcast(), member(j).hazelcast());
                        }
                    }
                }
            }
        }
    }

    /**
     * Waits until every running member sees this many members.
     *
     * @param size how many, the member itself included
     */
    public void awaitSize(int size) {
        running().forEach(i -> awaitSize(i, size));
    }

    /**
     * Waits until one member sees this many members.
     *
     * @param i the member's number
     * @param size how many, the member itself included
     */
    public void awaitSize(int i, int size) {
        HazelcastInstance seeing = member(i).hazelcast();
        Awaitility.await("member n" + i + " of " + name + " sees " + size)
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> seeing.getCluster().getMembers().size() == size);
    }

    /** Waits until every partition has its owner and all its backups, so that the next crash loses nothing. */
    public void awaitSafe() {
        List<HazelcastInstance> seeing =
                members().stream().map(Cluster::hazelcast).toList();
        HazelcastTestSupport.warmUpPartitions(seeing); // they have no owners before their first use
        Awaitility.await("all partitions of " + name + " have their backups")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> seeing.stream()
                        .allMatch(each -> each.getPartitionService().isClusterSafe()));
    }

    /** Closes the members that still run, the last one first. Safe to repeat. */
    @Override
    public void close() {
        for (int i = members.size() - 1; i >= 0; i--) {
            Cluster cluster = members.get(i).cluster;
            if (cluster != null) {
                cluster.close();
            }
        }
        sides = List.of();
        // The network's terminateAll() would hide a member that Flotilla itself forgot.
    }

    private Member place(int i) {
        if (i < 0 || i >= members.size()) {
            throw new IllegalArgumentException("there is no member " + i + ", only 0 to " + (members.size() - 1));
        }
        return members.get(i);
    }

    @Override
    public String toString() {
        return "TestCluster[" + name + ", running " + running() + "]";
    }
}
