package io.flotilla.sessions.internal.store;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.EndReply;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.SecretHash;
import io.flotilla.sessions.internal.wire.SessionProtocol;
import io.flotilla.sessions.internal.wire.SessionProtocol.Outcome;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.sessions.internal.wire.TurnClaim;
import io.flotilla.sessions.internal.wire.TurnQuestion;
import io.flotilla.sessions.internal.wire.Version;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole protocol in one JVM without a cluster, for tests of what is built upon it: one owner for all sessions, with a
 * clock that the test moves. Counts the calls of each verb and keeps the commits. Thread-safe.
 */
public final class InMemorySessionStore implements SessionStore {

    /** What a store is asked for. */
    public enum Verb {
        OPEN,
        COMMIT,
        INVALIDATE,
        ABANDON,
        TOUCH,
        KEEP_TURN,
        GIVE_TURN_BACK
    }

    private final ConcurrentHashMap<String, SessionRecord> records;
    private final Map<Verb, AtomicInteger> calls = new EnumMap<>(Verb.class);
    private final Map<Verb, AtomicInteger> answersToLose = new EnumMap<>(Verb.class);
    private final List<Commit> commits = new CopyOnWriteArrayList<>();
    private final InstantSource clock;
    private final UUID member = UUID.randomUUID();
    private volatile long lastLoss = Long.MIN_VALUE;

    public InMemorySessionStore(InstantSource clock) {
        this(clock, new ConcurrentHashMap<>());
    }

    private InMemorySessionStore(InstantSource clock, ConcurrentHashMap<String, SessionRecord> records) {
        this.clock = clock;
        this.records = records;
        for (Verb each : Verb.values()) {
            calls.put(each, new AtomicInteger());
            answersToLose.put(each, new AtomicInteger());
        }
    }

    /** The same sessions as another member asks for them; what it asks for is counted apart. */
    public InMemorySessionStore fromAnotherMember() {
        return new InMemorySessionStore(clock, records);
    }

    /** How often that was asked for. */
    public int calls(Verb verb) {
        return of(calls, verb).get();
    }

    /** How often anything was asked for. */
    public int calls() {
        return calls.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** The commits that came, repeated and refused ones too. */
    public List<Commit> commits() {
        return List.copyOf(commits);
    }

    /** The next calls of this kind take effect, but their callers learn only that the cluster did not answer. */
    public void loseAnswers(Verb verb, int times) {
        of(answersToLose, verb).set(times);
    }

    /** A member was lost just now. */
    public void memberLost() {
        lastLoss = clock.millis();
    }

    /** The number of records, ended sessions that are still remembered included. */
    public int size() {
        return records.size();
    }

    @Override
    public OpenReply open(String key, SecretHash secretHash, Version have) {
        return on(
                Verb.OPEN,
                key,
                record -> SessionProtocol.open(record, secretHash, have.tag(), clock.millis(), lastLoss));
    }

    @Override
    public OpenReply openInTurn(String key, SecretHash secretHash, Version have, long token, boolean last) {
        return on(
                Verb.OPEN,
                key,
                record -> SessionProtocol.openInTurn(
                        record,
                        secretHash,
                        have.tag(),
                        new TurnQuestion(new TurnClaim(token, member), last),
                        newTag(),
                        clock.millis(),
                        lastLoss,
                        each -> true));
    }

    @Override
    public CompletionStage<Boolean> keepTurn(String key, long token, long number) {
        return later(() -> on(
                Verb.KEEP_TURN,
                key,
                record -> SessionProtocol.keepTurn(record, new TurnClaim(token, member), number, clock.millis())));
    }

    @Override
    public CompletionStage<Boolean> giveTurnBack(String key, long token) {
        return later(() ->
                on(Verb.GIVE_TURN_BACK, key, record -> SessionProtocol.giveTurnBack(record, token, clock.millis())));
    }

    private static CompletionStage<Boolean> later(Supplier<Boolean> call) {
        try {
            return CompletableFuture.completedStage(call.get());
        } catch (ClusterUnavailableException lost) {
            return CompletableFuture.failedStage(lost);
        }
    }

    @Override
    public CommitReply commit(String key, Commit commit) {
        commits.add(commit);
        return on(
                Verb.COMMIT, key, record -> SessionProtocol.commit(record, commit, clock.millis(), newTag(), lastLoss));
    }

    @Override
    public boolean invalidate(String key, long operation) {
        return on(Verb.INVALIDATE, key, record -> SessionProtocol.invalidate(record, operation, clock.millis()))
                .isEnd();
    }

    @Override
    public void abandon(String key, long operation) {
        EndReply unused =
                on(Verb.ABANDON, key, record -> SessionProtocol.invalidate(record, operation, clock.millis()));
    }

    @Override
    public void touch(String key, SecretHash secretHash) {
        boolean unused =
                on(Verb.TOUCH, key, record -> SessionProtocol.touch(record, secretHash, clock.millis(), lastLoss));
    }

    private <R> R on(Verb verb, String key, Function<@Nullable SessionRecord, Outcome<R>> step) {
        of(calls, verb).incrementAndGet();
        AtomicReference<@Nullable R> reply = new AtomicReference<>();
        SessionRecord ignored = records.compute(key, (same, present) -> {
            Outcome<R> outcome = step.apply(present);
            reply.set(outcome.reply());
            return outcome.removed() ? null : outcome.stored() == null ? present : outcome.stored();
        });
        R answer = reply.get();
        if (answer == null || of(answersToLose, verb).getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ClusterUnavailableException("the answer was lost", null);
        }
        return answer;
    }

    private static long newTag() {
        return ThreadLocalRandom.current().nextLong();
    }

    private static AtomicInteger of(Map<Verb, AtomicInteger> counts, Verb verb) {
        AtomicInteger count = counts.get(verb);
        if (count == null) {
            throw new IllegalArgumentException(verb.name());
        }
        return count;
    }
}
