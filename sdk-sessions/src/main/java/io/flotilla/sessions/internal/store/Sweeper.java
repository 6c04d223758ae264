package io.flotilla.sessions.internal.store;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.wire.OwnerContext;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.sessions.internal.wire.SweepProcessor;
import io.flotilla.spi.Calls;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the records of expired sessions, and the tombstones of ended ones when nothing late can come for them any more,
 * from the partitions that this member owns. The only garbage collector: the map has no time to live.
 */
public final class Sweeper implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    /** How long an ended session is remembered: longer than a request may run, so that none brings it back. */
    static final Duration TOMBSTONES = Duration.ofMinutes(10);

    private final IMap<String, SessionRecord> records;
    private final Calls calls;
    private final OwnerContext owner;
    private final SessionsMetrics metrics;

    public Sweeper(IMap<String, SessionRecord> records, Calls calls, OwnerContext owner, SessionsMetrics metrics) {
        this.records = records;
        this.calls = calls;
        this.owner = owner;
        this.metrics = metrics;
    }

    @Override
    public void run() {
        long now = owner.now();
        long lastLoss = owner.lastLoss();
        Set<String> due = records.localKeySet(new Removable(now, lastLoss));
        try {
            for (String key : due) {
                if (calls.onKey(records, key, new SweepProcessor(TOMBSTONES.toMillis()))) {
                    metrics.swept();
                }
            }
        } catch (ClusterUnavailableException unavailable) {
            log.debug("sweeping stops until the next turn", unavailable);
        }
    }

    /** Evaluated on this member only, on the records themselves. */
    private record Removable(long now, long lastLoss) implements Predicate<String, SessionRecord> {
        @Override
        public boolean apply(Map.Entry<String, SessionRecord> entry) {
            return entry.getValue().isRemovable(now, lastLoss, TOMBSTONES.toMillis());
        }
    }
}
