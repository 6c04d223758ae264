package io.flotilla.sessions.internal.store;

import com.hazelcast.map.IMap;
import io.flotilla.ClusterException;
import io.flotilla.sessions.internal.wire.PrincipalProcessor;
import io.flotilla.sessions.internal.wire.PrincipalSessions;
import io.flotilla.spi.Calls;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sessions may be whose: a map of its own, written before a session becomes a principal's. What is read from it is
 * checked against the sessions themselves. Thread-safe.
 */
public final class PrincipalIndex {
    private static final Logger log = LoggerFactory.getLogger(PrincipalIndex.class);

    private final IMap<String, PrincipalSessions> index;
    private final Calls calls;

    public PrincipalIndex(IMap<String, PrincipalSessions> index, Calls calls) {
        this.index = index;
        this.calls = calls;
    }

    /** The keys of the sessions that may be the principal's. */
    Set<String> of(String principal) {
        return calls.onKey(index, principal, PrincipalProcessor.read()).keys();
    }

    /** A session is about to become the principal's. */
    void join(String principal, String key) {
        PrincipalSessions ignored = calls.onKey(index, principal, PrincipalProcessor.add(key));
    }

    /** A session of the principal's has ended. Does not wait. */
    void ended(String principal, String key) {
        send(principal, PrincipalProcessor.remove(key));
    }

    /** These sessions were found not to be the principal's. Does not wait. */
    void stale(String principal, List<String> keys) {
        send(principal, PrincipalProcessor.removeStale(keys));
    }

    private void send(String principal, PrincipalProcessor change) {
        try {
            calls.send(index, principal, change).whenComplete((done, failure) -> {
                if (failure != null) {
                    log.debug("a principal keeps a session that has ended until it is looked for", failure);
                }
            });
        } catch (ClusterException unavailable) {
            log.debug("a principal keeps a session that has ended until it is looked for", unavailable);
        }
    }
}
