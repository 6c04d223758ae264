package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.store.SessionStore;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.SecretHash;
import io.flotilla.sessions.internal.wire.Version;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A store that lets something happen before a call, or between it and its answer or repetition; once. */
final class InterruptedStore implements SessionStore {
    final AtomicReference<Runnable> afterOpen = new AtomicReference<>(InterruptedStore::nothing);
    final AtomicReference<Runnable> beforeCommit = new AtomicReference<>(InterruptedStore::nothing);
    final AtomicReference<@Nullable Runnable> beforeRepeating = new AtomicReference<>();
    final AtomicReference<Runnable> afterCommit = new AtomicReference<>(InterruptedStore::nothing);
    private final SessionStore to;

    InterruptedStore(SessionStore to) {
        this.to = to;
    }

    static void nothing() {}

    @Override
    public OpenReply open(String key, SecretHash secretHash, Version have) {
        OpenReply reply = to.open(key, secretHash, have);
        afterOpen.getAndSet(InterruptedStore::nothing).run();
        return reply;
    }

    @Override
    public OpenReply openInTurn(String key, SecretHash secretHash, Version have, long token, boolean last) {
        return to.openInTurn(key, secretHash, have, token, last);
    }

    @Override
    public CompletionStage<Boolean> keepTurn(String key, long token, long number) {
        return to.keepTurn(key, token, number);
    }

    @Override
    public CompletionStage<Boolean> giveTurnBack(String key, long token) {
        return to.giveTurnBack(key, token);
    }

    @Override
    public CommitReply commit(String key, Commit commit) {
        beforeCommit.getAndSet(InterruptedStore::nothing).run();
        CommitReply reply = to.commit(key, commit);
        Runnable between = beforeRepeating.getAndSet(null);
        if (between != null) {
            between.run();
            reply = to.commit(key, commit);
        }
        afterCommit.getAndSet(InterruptedStore::nothing).run();
        return reply;
    }

    @Override
    public boolean invalidate(String key, long operation) {
        return to.invalidate(key, operation);
    }

    @Override
    public void abandon(String key, long operation) {
        to.abandon(key, operation);
    }

    @Override
    public void touch(String key, SecretHash secretHash) {
        to.touch(key, secretHash);
    }
}
