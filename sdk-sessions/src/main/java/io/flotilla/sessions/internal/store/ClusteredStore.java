package io.flotilla.sessions.internal.store;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.map.IMap;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitProcessor;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.EndReply;
import io.flotilla.sessions.internal.wire.InvalidateProcessor;
import io.flotilla.sessions.internal.wire.OpenProcessor;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.sessions.internal.wire.TouchProcessor;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.spi.Calls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store over the cluster: each verb is one entry processor on the record's owner. */
public final class ClusteredStore implements SessionStore {
    private static final Logger log = LoggerFactory.getLogger(ClusteredStore.class);

    private final IMap<String, SessionRecord> records;
    private final Calls calls;
    private final Aftermath aftermath;

    public ClusteredStore(IMap<String, SessionRecord> records, Calls calls, Aftermath aftermath) {
        this.records = records;
        this.calls = calls;
        this.aftermath = aftermath;
    }

    @Override
    public OpenReply open(String key, byte[] secretHash, Version have) {
        return OpenReply.unpacked(calls.onKey(records, key, new OpenProcessor(secretHash, have)));
    }

    @Override
    public CommitReply commit(String key, Commit commit) {
        return calls.onKey(records, key, new CommitProcessor(commit));
    }

    @Override
    public boolean invalidate(String key, long operation) {
        EndReply reply = calls.onKey(records, key, new InvalidateProcessor(operation));
        aftermath.forget(key, reply);
        return reply.isEnd();
    }

    @Override
    public void touch(String key, byte[] secretHash) {
        try {
            var unused = records.submitToKey(key, new TouchProcessor(secretHash));
        } catch (HazelcastException | IllegalStateException closing) {
            log.debug("an access could not be noted", closing);
        }
    }
}
