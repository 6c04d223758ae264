package io.flotilla.sessions.internal.wire;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The protocol between a member that serves a request and the owner of its session: pure functions of the stored record,
 * the message, the owner's clock and a random tag. The entry processors and the in-memory store both run them.
 */
public final class SessionProtocol {
    private SessionProtocol() {}

    /** What a message did: the answer, the record to store if it changed, and whether the backups must hear of it. */
    public record Outcome<R>(R reply, @Nullable SessionRecord stored, boolean backup) {
        static <R> Outcome<R> unchanged(R reply) {
            return new Outcome<>(reply, null, false);
        }
    }

    /** OPEN: finds a session for a request, notes the access, and says what the asking member does not know yet. */
    public static Outcome<OpenReply> open(
            @Nullable SessionRecord record, byte[] secretHash, Version have, long now, long lastLoss) {
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
        if (record.isDead() || record.isExpired(now, lastLoss)) {
            return Outcome.unchanged(OpenReply.without(OpenReply.Status.GONE));
        }
        long before = record.lastAccessed();
        boolean backup = record.access(now);
        return new Outcome<>(describe(record, have, before), null, backup);
    }

    private static OpenReply describe(SessionRecord record, Version have, long lastAccessed) {
        if (record.version().equals(have)) {
            return OpenReply.of(OpenReply.Status.NOT_MODIFIED, record, lastAccessed, Set.of(), Map.of());
        }
        if (!record.descendsFrom(have)) {
            return OpenReply.of(OpenReply.Status.ALL, record, lastAccessed, Set.of(), record.attributes());
        }
        Map<String, StoredAttribute> newer = new LinkedHashMap<>();
        record.attributes().forEach((name, each) -> {
            if (each.version().counter() > have.counter()) {
                newer.put(name, each);
            }
        });
        return OpenReply.of(OpenReply.Status.CHANGED, record, lastAccessed, record.names(), newer);
    }

    /** A request came with the session's cookie, though the application did not ask for the session. */
    public static Outcome<Boolean> touch(@Nullable SessionRecord record, byte[] secretHash, long now, long lastLoss) {
        boolean live = record != null
                && record.match(secretHash, now) == SessionRecord.SecretMatch.CURRENT
                && !record.isDead()
                && !record.isExpired(now, lastLoss);
        return live && record != null ? new Outcome<>(true, null, record.access(now)) : Outcome.unchanged(false);
    }

    /** COMMIT: applies what a request changed, as a whole or not at all. */
    public static Outcome<CommitReply> commit(
            @Nullable SessionRecord record, Commit commit, long now, long tag, long lastLoss) {
        if (record == null) {
            return commit.create() ? created(commit, now, tag) : Outcome.unchanged(CommitReply.gone());
        }
        if (record.hasSeen(commit.writer(), commit.sequence())) {
            // The first delivery's backup may have failed: it is sent again, as a whole.
            return new Outcome<>(CommitReply.repeated(record.version()), record, true);
        }
        if (!isSameSession(record, commit, now) || record.isDead() || record.isExpired(now, lastLoss)) {
            return Outcome.unchanged(CommitReply.gone());
        }
        Map<String, @Nullable StoredAttribute> conflicts = conflicts(record, commit);
        if (!conflicts.isEmpty() || (commit.hasUnversioned() && !record.knows(commit.seen()))) {
            return Outcome.unchanged(CommitReply.conflict(record.version(), conflicts));
        }
        SessionRecord next = record.apply(commit, now, tag);
        return new Outcome<>(CommitReply.applied(record.version(), next.version()), next, true);
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
        return new Outcome<>(CommitReply.applied(Version.NONE, fresh.version()), fresh, true);
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

    /** Ends a session. True if it was alive until now. */
    public static Outcome<Boolean> invalidate(@Nullable SessionRecord record, long now, long tag) {
        if (record == null) {
            return Outcome.unchanged(false);
        }
        if (record.isDead()) {
            return new Outcome<>(false, record, true);
        }
        return new Outcome<>(true, record.dead(now, tag), true);
    }
}
