package io.flotilla.sessions.internal.store;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.Partition;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.wire.EndReply;
import io.flotilla.sessions.internal.wire.OwnerContext;
import io.flotilla.sessions.internal.wire.PartitionKeys;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.sessions.internal.wire.Sweep;
import io.flotilla.sessions.internal.wire.SweepProcessor;
import io.flotilla.spi.Calls;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions whose time is up, and forgets those that ended long ago, in the partitions that this member owns. The
 * only garbage collector: the map has no time to live.
 *
 * <p>Requests must not feel it. A round over all partitions takes many turns; a turn looks at one partition after the other,
 * each for less than a millisecond on its thread at some thousand records, and then sends the owner one short step for
 * each session, a bounded number at the same time. Sessions whose listeners are to be told go to the {@link Enders}.
 */
public final class Sweeper implements Runnable {
    /** In how many turns all partitions are looked at. */
    public static final int TURNS = 16;

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final int AT_ONCE = 64;

    private final IMap<String, SessionRecord> records;
    private final Calls calls;
    private final OwnerContext owner;
    private final EndListeners listeners;
    private final Enders enders;
    private final Aftermath aftermath;
    private final PartitionKeys keys;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private int turn; // of the one thread that sweeps

    public Sweeper(
            HazelcastInstance member,
            IMap<String, SessionRecord> records,
            Calls calls,
            EndListeners listeners,
            Enders enders,
            Aftermath aftermath) {
        this.records = records;
        this.calls = calls;
        this.owner = OwnerContext.of(member);
        this.listeners = listeners;
        this.enders = enders;
        this.aftermath = aftermath;
        this.keys = new PartitionKeys(member.getPartitionService());
    }

    /** One turn. */
    @Override
    public void run() {
        Sweep step = new Sweep(0, listeners.audience());
        try {
            for (int partition = turn; partition < keys.partitions(); partition += TURNS) {
                if (isOwn(keys.partition(partition))) {
                    sweep(partition, step);
                }
            }
            await(AT_ONCE);
            slots.release(AT_ONCE);
        } catch (ClusterUnavailableException | HazelcastInstanceNotActiveException unavailable) {
            log.debug("sweeping stops until the next turn", unavailable);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            turn = (turn + 1) % TURNS;
        }
    }

    private static boolean isOwn(Partition partition) {
        Member owner = partition.getOwner();
        return owner != null && owner.localMember();
    }

    private void sweep(int partition, Sweep step) throws InterruptedException {
        Predicate<String, SessionRecord> due = new Due(owner.now(), owner.lastLoss());
        Set<String> found = records.localKeySet(Predicates.partitionPredicate(keys.of(partition), due));
        for (String key : found) {
            if (!enders.has(key)) {
                send(key, step);
            }
        }
    }

    /** With a processor of its own for each session: on this member it is not copied, and it keeps what its backup is to do. */
    private void send(String key, Sweep step) throws InterruptedException {
        await(1);
        try {
            calls.send(records, key, new SweepProcessor(step)).whenComplete((reply, failure) -> {
                try {
                    if (reply != null) {
                        done(key, reply);
                    }
                } finally {
                    slots.release(); // last: a turn is over when all are free again
                }
            });
        } catch (RuntimeException failure) {
            slots.release();
            throw failure;
        }
    }

    private void done(String key, EndReply reply) {
        if (reply.status() == EndReply.Status.TO_TELL) {
            enders.offer(key);
        } else {
            aftermath.of(key, reply);
        }
    }

    private void await(int free) throws InterruptedException {
        if (!slots.tryAcquire(free, calls.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ClusterUnavailableException("owners of sessions do not answer the sweeper", null);
        }
    }

    /** Evaluated on this member only, on the records themselves. */
    private record Due(long now, long lastLoss) implements Predicate<String, SessionRecord> {
        @Override
        public boolean apply(Map.Entry<String, SessionRecord> entry) {
            return entry.getValue().isDue(now, lastLoss);
        }
    }
}
