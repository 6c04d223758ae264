package io.flotilla.sessions.internal.wire;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The protocol between a member that serves a request and the owner of its session: pure functions of the stored record,
 * the message, the owner's clock and a random tag. The entry processors and the in-memory store both run them.
 */
public final class SessionProtocol {
    private static final EndReply NOTHING = EndReply.of(EndReply.Status.NOTHING);

    private SessionProtocol() {}

    /**
     * What a message did.
     *
     * @param reply the answer
     * @param stored the record to store if it changed
     * @param removed whether the record is to be removed
     * @param backup whether the backups must hear of it
     */
    public record Outcome<R>(R reply, @Nullable SessionRecord stored, boolean removed, boolean backup) {
        /** The same, with the answer in another form. */
        <S> Outcome<S> with(Function<R, S> form) {
            return new Outcome<>(form.apply(reply), stored, removed, backup);
        }

        static <R> Outcome<R> unchanged(R reply) {
            return new Outcome<>(reply, null, false, false);
        }

        static <R> Outcome<R> accessed(R reply, boolean backup) {
            return new Outcome<>(reply, null, false, backup);
        }

        static <R> Outcome<R> stored(R reply, SessionRecord record) {
            return new Outcome<>(reply, record, false, true);
        }

        static <R> Outcome<R> removed(R reply) {
            return new Outcome<>(reply, null, true, true);
        }
    }

    /**
     * OPEN: finds a session for a request, notes the access, and says what the asking member does not know yet.
     *
     * @param haveTag the tag of the version that it has, which alone tells one state of a record from all others
     */
    public static Outcome<OpenReply> open(
            @Nullable SessionRecord record, SecretHash secretHash, long haveTag, long now, long lastLoss) {
        if (record == null) {
            return Outcome.unchanged(OpenReply.without(OpenReply.Status.UNKNOWN));
        }
        SessionRecord.SecretMatch match = record.match(secretHash, now);
        if (match == SessionRecord.SecretMatch.WRONG) {
            return Outcome.unchanged(OpenReply.without(OpenReply.Status.UNKNOWN));
        }
        if (match == SessionRecord.SecretMatch.ROTATED) {
            return Outcome.unchanged(OpenReply.without(OpenReply.Status.ROTATED));
        }
        if (record.isOver(now, lastLoss)) {
            return Outcome.unchanged(OpenReply.without(OpenReply.Status.GONE));
        }
        long before = record.lastAccessed();
        boolean backup = record.access(now);
        return Outcome.accessed(describe(record, haveTag, before), backup);
    }

    private static OpenReply describe(SessionRecord record, long haveTag, long lastAccessed) {
        int commits = record.commitsSince(haveTag);
        if (commits == 0) {
            return OpenReply.notModified(lastAccessed);
        }
        if (commits < 0) {
            return OpenReply.of(OpenReply.Status.ALL, record, lastAccessed, Set.of(), record.attributes());
        }
        long known = record.version().counter() - commits;
        Map<String, StoredAttribute> newer = new LinkedHashMap<>();
        record.attributes().forEach((name, each) -> {
            if (each.version().counter() > known) {
                newer.put(name, each);
            }
        });
        return OpenReply.of(OpenReply.Status.CHANGED, record, lastAccessed, record.names(), newer);
    }

    /**
     * OPEN of an exclusive request: finds the session as OPEN does and makes it the request's turn, unless it is another
     * one's. A claim that is repeated gets the same turn again, if it was not over meanwhile.
     *
     * @param tag a random number
     */
    public static Outcome<OpenReply> openInTurn(
            @Nullable SessionRecord record,
            SecretHash secretHash,
            long haveTag,
            TurnQuestion question,
            long tag,
            long now,
            long lastLoss,
            Predicate<UUID> isMember) {
        Outcome<OpenReply> opened = open(record, secretHash, haveTag, now, lastLoss);
        if (record == null || !opened.reply().found()) {
            return opened;
        }
        Turn present = record.turn();
        if (present != null && !present.isFreeFor(question, now, isMember)) {
            return new Outcome<>(
                    OpenReply.busy(opened.reply().lastAccessed()),
                    wanted(record, present, question),
                    false,
                    opened.backup());
        }
        TurnClaim claim = question.claim();
        Turn turn = present != null && present.isOf(claim.token())
                ? present.renewed(now, claim)
                : Turn.at(now, claim, tag | 1); // never zero
        return Outcome.stored(opened.reply().inTurn(turn.number()), record.inTurn(turn));
    }

    /** Null if the record remains as it is. The backups need not know who waits. */
    private static @Nullable SessionRecord wanted(SessionRecord record, Turn present, TurnQuestion question) {
        UUID member = question.claim().member();
        boolean known = question.last() || member.equals(present.holder().member()) || member.equals(present.next());
        return known ? null : record.inTurn(present.wantedBy(member));
    }

    /** An exclusive request still runs: its turn lasts another while, if nobody else has got it. */
    public static Outcome<Boolean> keepTurn(@Nullable SessionRecord record, TurnClaim claim, long number, long now) {
        Turn present = record == null ? null : record.turn();
        return record != null && present != null && record.isInTurn(number)
                ? Outcome.stored(true, record.inTurn(present.renewed(now, claim)))
                : Outcome.unchanged(false);
    }

    /** An exclusive request is over. */
    public static Outcome<Boolean> giveTurnBack(@Nullable SessionRecord record, long token, long now) {
        Turn present = record == null ? null : record.turn();
        return record != null && present != null && present.isOf(token)
                ? Outcome.stored(true, record.inTurn(present.over(now)))
                : Outcome.unchanged(false);
    }

    /** A request came with the session's cookie, though the application did not ask for the session. */
    public static Outcome<Boolean> touch(
            @Nullable SessionRecord record, SecretHash secretHash, long now, long lastLoss) {
        boolean live = record != null
                && record.match(secretHash, now) == SessionRecord.SecretMatch.CURRENT
                && !record.isOver(now, lastLoss);
        return live && record != null ? Outcome.accessed(true, record.access(now)) : Outcome.unchanged(false);
    }

    /** COMMIT: applies what a request changed, as a whole or not at all. */
    public static Outcome<CommitReply> commit(
            @Nullable SessionRecord record, Commit commit, long now, long tag, long lastLoss) {
        if (record == null) {
            return commit.create() ? created(commit, now, tag) : Outcome.unchanged(CommitReply.gone());
        }
        if (record.hasSeen(commit.writer(), commit.sequence())) {
            // The first delivery's backup may have failed: it is sent again, as a whole.
            return Outcome.stored(CommitReply.repeated(record.version(), record.refuses(commit)), record);
        }
        if (!isSameSession(record, commit, now) || record.isOver(now, lastLoss)) {
            return Outcome.unchanged(CommitReply.gone());
        }
        if (commit.isExclusive() && !record.isInTurn(commit.turn())) {
            return Outcome.unchanged(CommitReply.outOfTurn());
        }
        Map<String, @Nullable StoredAttribute> conflicts = conflicts(record, commit);
        if (!conflicts.isEmpty() || (commit.hasUnversioned() && !record.knows(commit.seen()))) {
            return Outcome.unchanged(CommitReply.conflict(record.version(), conflicts));
        }
        SessionRecord next = record.apply(commit, now, tag);
        return Outcome.stored(CommitReply.applied(record.version(), next.version(), next.refuses(commit)), next);
    }

    /**
     * A creation may be sent anew as another operation, when the first one's answer did not come in time though it was
     * applied: then it goes on as a change of what it created. Only its own member knows the secret.
     */
    private static boolean isSameSession(SessionRecord record, Commit commit, long now) {
        NewId id = commit.head().id();
        return !commit.create()
                || (id != null && record.match(id.secretHash(), now) == SessionRecord.SecretMatch.CURRENT);
    }

    private static Outcome<CommitReply> created(Commit commit, long now, long tag) {
        SessionRecord fresh = SessionRecord.create(commit, now, tag);
        return Outcome.stored(CommitReply.created(fresh.version(), fresh.created()), fresh);
    }

    private static Map<String, @Nullable StoredAttribute> conflicts(SessionRecord record, Commit commit) {
        Map<String, @Nullable StoredAttribute> conflicts = new HashMap<>();
        for (AttributeChange each : commit.changes()) {
            StoredAttribute present = record.attributes().get(each.name());
            Version actual = present == null ? Version.NONE : present.version();
            if (!actual.equals(each.base())) {
                conflicts.put(each.name(), present);
            }
        }
        return conflicts;
    }

    /**
     * INVALIDATE: ends a session whose listeners the caller tells by itself.
     *
     * @param operation the caller's random number for this end, by which a repetition is known
     */
    public static Outcome<EndReply> invalidate(@Nullable SessionRecord record, long operation, long now) {
        if (record == null || record.ending() != null) {
            return Outcome.unchanged(NOTHING);
        }
        if (record.isDead()) {
            boolean repeated = record.version().tag() == operation;
            return Outcome.stored(repeated ? EndReply.of(EndReply.Status.ENDED) : NOTHING, record);
        }
        return Outcome.stored(EndReply.ended(EndReply.Status.ENDED, record, null), record.dead(now, operation));
    }

    /**
     * END: ends a session that somebody else than its own request wants ended; its listeners are still to be told.
     *
     * @param principal whose session it must be
     * @param operation the caller's random number for this end, by which a repetition is known
     */
    public static Outcome<EndReply> end(
            @Nullable SessionRecord record, String principal, long operation, long now, long lastLoss) {
        if (record == null) {
            return Outcome.unchanged(NOTHING);
        }
        if (record.endId() == operation) {
            return Outcome.stored(EndReply.ended(EndReply.Status.ENDED, record, EndCause.ENDED), record);
        }
        if (record.isOver(now, lastLoss) || !principal.equals(record.principal())) {
            return Outcome.unchanged(NOTHING);
        }
        return Outcome.stored(
                EndReply.ended(EndReply.Status.ENDED, record, EndCause.ENDED),
                record.ending(Ending.unclaimed(EndCause.ENDED, operation, now)));
    }

    /** INSPECT: what an operator may see of a principal's session. */
    public static Outcome<SessionSummary> inspect(
            @Nullable SessionRecord record, String principal, long now, long lastLoss) {
        boolean found = record != null && !record.isOver(now, lastLoss) && principal.equals(record.principal());
        return Outcome.unchanged(record != null && found ? SessionSummary.of(record) : SessionSummary.NONE);
    }

    /** SWEEP: clears up after a session that is over, or lets one member tell its listeners. */
    public static Outcome<EndReply> sweep(
            @Nullable SessionRecord record, Sweep sweep, long now, long tag, long lastLoss) {
        if (record == null) {
            return Outcome.unchanged(NOTHING);
        }
        if (record.isDead()) {
            return record.isForgettable(now)
                    ? Outcome.removed(EndReply.of(EndReply.Status.FORGOTTEN))
                    : Outcome.unchanged(NOTHING);
        }
        Ending ending = record.ending();
        if (ending == null && !record.isExpired(now, lastLoss)) {
            return Outcome.unchanged(NOTHING);
        }
        if (ending != null && !ending.isFreeFor(sweep.holder(), now)) {
            return Outcome.unchanged(NOTHING);
        }
        long since = ending == null ? record.lastMoment(lastLoss) : ending.since();
        return switch (sweep.audience().of(record)) {
            case TELL -> claim(record, sweep.holder(), now, tag);
            case NONE -> cleared(record, EndReply.Status.ENDED, now, tag);
            case UNKNOWN ->
                now - since > Sweep.PATIENCE.toMillis()
                        ? cleared(record, EndReply.Status.UNHEARD, now, tag)
                        : Outcome.unchanged(NOTHING);
        };
    }

    private static Outcome<EndReply> claim(SessionRecord record, long holder, long now, long tag) {
        if (holder == 0) {
            return Outcome.unchanged(EndReply.of(EndReply.Status.TO_TELL));
        }
        Ending ending = record.ending() == null ? Ending.unclaimed(EndCause.EXPIRED, tag, now) : record.ending();
        SessionRecord claimed = record.ending(ending.heldBy(holder, now + Sweep.LEASE.toMillis()));
        return Outcome.stored(EndReply.claimed(claimed), claimed);
    }

    /** Of an expired session of which nobody was told nothing need stay; the end of another one must be remembered. */
    private static Outcome<EndReply> cleared(SessionRecord record, EndReply.Status status, long now, long tag) {
        if (record.ending() == null) {
            return Outcome.removed(EndReply.ended(status, record, EndCause.EXPIRED));
        }
        return Outcome.stored(EndReply.ended(status, record, record.endCause()), record.dead(now, tag));
    }

    /** FINISH: the listeners of a session have been told; a tombstone stays, so that nothing brings the session back. */
    public static Outcome<EndReply> finish(@Nullable SessionRecord record, long eventId, long now, long tag) {
        if (record != null && record.isDead()) {
            return Outcome.stored(NOTHING, record); // a repetition, whose first delivery's backup may have failed
        }
        if (record == null || record.ending() == null || record.endId() != eventId) {
            return Outcome.unchanged(NOTHING);
        }
        return Outcome.stored(EndReply.ended(EndReply.Status.ENDED, record, record.endCause()), record.dead(now, tag));
    }
}
