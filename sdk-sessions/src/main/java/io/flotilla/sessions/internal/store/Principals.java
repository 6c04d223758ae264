package io.flotilla.sessions.internal.store;

import com.hazelcast.map.IMap;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.wire.EndProcessor;
import io.flotilla.sessions.internal.wire.InspectProcessor;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.sessions.internal.wire.SessionSummary;
import io.flotilla.spi.Calls;
import io.flotilla.spi.Seldom;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of principals: found, ended, limited in number. Thread-safe. */
public final class Principals implements PrincipalMoves {
    private static final Logger log = LoggerFactory.getLogger(Principals.class);

    /** Most recently used first; of those used in the same millisecond every member takes the same one for the first. */
    private static final Comparator<Found> RECENT_FIRST = Comparator.comparingLong(
                    (Found each) -> each.summary().lastAccessed())
            .reversed()
            .thenComparing(Found::key);

    private final PrincipalIndex index;
    private final IMap<String, SessionRecord> records;
    private final Calls calls;
    private final Enders enders;
    private final int most;
    private final Seldom lines;
    private final SecureRandom random = new SecureRandom();

    /** A session and what may be seen of it. */
    public record Found(String key, SessionSummary summary) {}

    /**
     * Makes one.
     *
     * @param most how many sessions a principal may have
     * @param lines how often the log may tell of a limit that was not kept
     */
    public Principals(
            PrincipalIndex index,
            IMap<String, SessionRecord> records,
            Calls calls,
            Enders enders,
            int most,
            Seldom lines) {
        this.index = index;
        this.records = records;
        this.calls = calls;
        this.enders = enders;
        this.most = most;
        this.lines = lines;
    }

    /** All living sessions of the principal, the most recently used first. */
    public List<Found> find(String principal) {
        List<Found> found = new ArrayList<>();
        List<String> stale = new ArrayList<>();
        for (String key : index.of(principal)) {
            SessionSummary summary = calls.onKey(records, key, new InspectProcessor(principal));
            if (summary.found()) {
                found.add(new Found(key, summary));
            } else {
                stale.add(key);
            }
        }
        if (!stale.isEmpty()) {
            index.stale(principal, stale);
        }
        found.sort(RECENT_FIRST);
        return found;
    }

    /** Ends a session of the principal's at once; false if there is none such. Its listeners are told soon. */
    public boolean end(String principal, String key) {
        EndProcessor end = new EndProcessor(principal, random.nextLong());
        boolean ended = calls.onKey(records, key, end).isEnd();
        if (ended) {
            enders.offer(key);
        }
        return ended;
    }

    @Override
    public void before(String key, PrincipalMove move) {
        if (move.to() != null) {
            index.join(move.to(), key);
        }
    }

    @Override
    public void after(String key, PrincipalMove move) {
        if (move.from() != null) {
            index.stale(move.from(), List.of(key));
        }
        if (move.to() != null) {
            limit(move.to());
        }
    }

    /** The session is stored and stays: that a limit is not kept, in an outage, is no reason to refuse the request. */
    private void limit(String principal) {
        if (most == Integer.MAX_VALUE) {
            return;
        }
        try {
            List<Found> all = find(principal);
            all.stream().skip(most).forEach(each -> {
                boolean ignored = end(principal, each.key());
            });
        } catch (ClusterUnavailableException unavailable) {
            log.debug("a limit could not be kept", unavailable);
            lines.now()
                    .ifPresent(leftOut -> log.warn(
                            "a principal may have more sessions than sessions.sessionsPerPrincipal allows: {}; {} more"
                                    + " since the last such line",
                            unavailable.getMessage(),
                            leftOut));
        }
    }
}
