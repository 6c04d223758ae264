package io.flotilla.sessions.internal.store;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import io.flotilla.ClusterException;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitProcessor;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.EndReply;
import io.flotilla.sessions.internal.wire.InvalidateProcessor;
import io.flotilla.sessions.internal.wire.OpenInTurnProcessor;
import io.flotilla.sessions.internal.wire.OpenProcessor;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.SecretHash;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.sessions.internal.wire.TouchProcessor;
import io.flotilla.sessions.internal.wire.TurnClaim;
import io.flotilla.sessions.internal.wire.TurnProcessor;
import io.flotilla.sessions.internal.wire.TurnQuestion;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.spi.Calls;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store over the cluster: each verb is one entry processor on the record's owner. */
public final class ClusteredStore implements SessionStore {
    private static final Logger log = LoggerFactory.getLogger(ClusteredStore.class);

    private final IMap<String, SessionRecord> records;
    private final Calls calls;
    private final Aftermath aftermath;
    private final Supplier<UUID> member;

    /**
     * @param member the id of this member, which changes when it has to join anew
     */
    public ClusteredStore(
            IMap<String, SessionRecord> records, Calls calls, Aftermath aftermath, Supplier<UUID> member) {
        this.records = records;
        this.calls = calls;
        this.aftermath = aftermath;
        this.member = member;
    }

    @Override
    public OpenReply open(String key, SecretHash secretHash, Version have) {
        return OpenReply.unpacked(calls.onKey(records, key, new OpenProcessor(secretHash, have)));
    }

    @Override
    public OpenReply openInTurn(String key, SecretHash secretHash, Version have, long token, boolean last) {
        TurnQuestion question = new TurnQuestion(claim(token), last);
        return OpenReply.unpacked(calls.onKey(records, key, new OpenInTurnProcessor(secretHash, have, question)));
    }

    @Override
    public CompletionStage<Boolean> keepTurn(String key, long token, long number) {
        return calls.send(records, key, TurnProcessor.keep(claim(token), number));
    }

    @Override
    public CompletionStage<Boolean> giveTurnBack(String key, long token) {
        return calls.send(records, key, TurnProcessor.giveBack(claim(token)));
    }

    private TurnClaim claim(long token) {
        try {
            return new TurnClaim(token, member.get());
        } catch (HazelcastInstanceNotActiveException stopped) {
            throw new ClusterUnavailableException("this node's member has stopped; another node will answer", stopped);
        }
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
    public void abandon(String key, long operation) {
        try {
            var unused = calls.send(records, key, new InvalidateProcessor(operation))
                    .thenAccept(reply -> aftermath.forget(key, reply));
        } catch (ClusterException | HazelcastException | IllegalStateException unavailable) {
            log.debug("a session that nobody has learnt of stays until its timeout", unavailable);
        }
    }

    @Override
    public void touch(String key, SecretHash secretHash) {
        try {
            var unused = records.submitToKey(key, new TouchProcessor(secretHash));
        } catch (HazelcastException | IllegalStateException closing) {
            log.debug("an access could not be noted", closing);
        }
    }
}
