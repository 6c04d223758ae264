package io.flotilla.cache.internal.wire;

import static java.util.Objects.requireNonNull;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.Partition;
import io.flotilla.cache.internal.protocol.OwnerStream;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.Versions;
import io.flotilla.cache.internal.protocol.Writes;
import io.flotilla.spi.Handover;
import io.flotilla.spi.MemberClock;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a member adds to a message as the owner of a row, and what it has to tell others. There before the member starts,
 * since a partition may arrive before the module has. Thread-safe.
 */
public final class OwnerContext implements Handover {
    private static final String KEY = "flotilla.cache.owner";

    /** A member that is to ask again for a key. */
    public record Wake(UUID reader, CacheKey key) {}

    /** The stream of a member's id, and what it knows of repetitions. */
    private record Tenant(UUID id, OwnerStream<CacheKey> stream, Writes writes) {}

    private final MemberClock clock;
    private final SecureRandom random = new SecureRandom();
    private final Versions versions = new Versions();
    private final Queue<Wake> wakes = new ConcurrentLinkedQueue<>();
    private final Set<Integer> leaving = new HashSet<>(); // guarded by this
    private volatile Tenant tenant = new Tenant(new UUID(0, 0), new OwnerStream<>(new UUID(0, 0)), new Writes(0));
    private volatile Runnable news = () -> {};

    private OwnerContext(MemberClock clock) {
        this.clock = clock;
    }

    /** Puts a context into the configuration of a member. */
    public static void install(Config member) {
        OwnerContext context = new OwnerContext(MemberClock.of(member));
        member.getUserContext().put(KEY, context);
        Handover.install(member, "flotilla:cache", context);
    }

    /** The context of a started member. */
    public static OwnerContext of(HazelcastInstance member) {
        return (OwnerContext) requireNonNull(member.getUserContext().get(KEY), KEY);
    }

    /** Calls this whenever there is something to tell; it must be quick. */
    public void onNews(Runnable action) {
        news = action;
    }

    /** The stream that bears a member's present id: another one after a merge. */
    public OwnerStream<CacheKey> stream(HazelcastInstance member) {
        return tenant(member).stream();
    }

    Writes writes(HazelcastInstance member) {
        return tenant(member).writes();
    }

    private Tenant tenant(HazelcastInstance member) {
        UUID id = member.getCluster().getLocalMember().getUuid();
        Tenant present = tenant;
        return present.id().equals(id) ? present : begin(id);
    }

    private synchronized Tenant begin(UUID id) {
        if (!tenant.id().equals(id)) {
            leaving.clear(); // a merge ends handovers without a word
            tenant = new Tenant(id, new OwnerStream<>(id), new Writes(Writes.KEPT));
        }
        return tenant;
    }

    long now() {
        return clock.millis();
    }

    /** A version for what replaces a row of that one. */
    long nextVersion(long present) {
        return versions.next(present, clock.millis());
    }

    /** A number that is not 0, and that no lease has had. */
    long newGrant() {
        return random.nextLong() | 1;
    }

    Position changed(HazelcastInstance member, int partition, CacheKey key) {
        Position position = stream(member).changed(partition, key);
        news.run();
        return position;
    }

    void wake(Collection<UUID> readers, CacheKey key) {
        if (!readers.isEmpty()) {
            readers.forEach(each -> wakes.add(new Wake(each, key)));
            news.run();
        }
    }

    /** Takes what there is to wake. */
    public Queue<Wake> wakes() {
        return wakes;
    }

    /**
     * Compares what this member holds with its partition table. That is read while no handover can begin or end, or a
     * partition that has just gone would be taken for one that has come.
     */
    public synchronized void reconcile(HazelcastInstance member, long elapsed) {
        Member self = member.getCluster().getLocalMember();
        Set<Integer> held = new HashSet<>();
        for (Partition each : member.getPartitionService().getPartitions()) {
            if (self.equals(each.getOwner()) && !leaving.contains(each.getPartitionId())) {
                held.add(each.getPartitionId());
            }
        }
        stream(member).holdsOnly(held, elapsed);
    }

    /** On the partition's thread, before its new owner can take a write. */
    @Override
    public synchronized void begins(int partition) {
        leaving.add(partition);
        tenant.stream().lost(partition);
        news.run();
    }

    @Override
    public synchronized void ended(int partition) {
        leaving.remove(partition);
    }
}
