package io.flotilla.sessions.internal.wire;

import static java.util.Objects.requireNonNull;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One session as its partition's owner and the backups hold it.
 *
 * <p>A record is replaced by each commit, never changed by one, so that a copy being sent to another member is whole. Only
 * the access time moves in place: it is written on the partition's thread and read from anywhere.
 *
 * <h2>Versions</h2>
 *
 * Each commit takes the next counter and a random tag; the tags of the last few commits are kept, so that the owner can
 * tell a member with a slightly older copy what has changed since. A tag that the record does not know means another
 * line of history: that member gets everything.
 *
 * <h2>Access time</h2>
 *
 * Stamped by the owner's clock, never moved back. It reaches the backups with each commit, and otherwise only when theirs
 * is older than {@link #touchIntervalMillis()}; a session is given that much grace after its owner was lost.
 */
public final class SessionRecord extends WireType {
    static final int CLASS_ID = 1;

    /** How many older versions a member may hold and still be told only the difference. */
    private static final int KNOWN_TAGS = 4;
    /** How long the old cookie is recognised after a change of id. */
    static final long ROTATED_MILLIS = 30_000;

    private static final long MAX_TOUCH_INTERVAL_MILLIS = 60_000;
    private static final long[] NO_TAGS = {};
    private static final int HAS_ENDING = 1;
    private static final int HAS_TURN = 2;

    private long counter; // with the tag the version, in two fields of their own to save its object
    private long tag;
    private long[] recentTags = NO_TAGS;
    private long secretHigh; // with the other half the hash of the secret, likewise
    private long secretLow;
    private byte[] sealedSecret = Bytes.NONE;
    private OldSecrets oldSecrets = OldSecrets.NONE;
    private String application = "";
    private long created;
    private int lifetimeSeconds;
    private int maxInactiveSeconds;
    private long deadSince;
    private @Nullable Ending ending;
    private @Nullable Turn turn; // while an exclusive request runs
    private long mustBeKnown; // the counter of the last commit of which an unversioned change must know
    private Writers writers = Writers.NONE;
    private Map<String, StoredAttribute> attributes = Map.of();
    private volatile long lastAccessed;
    private int accessBehind; // milliseconds by which the backups do not know of it; of the partition's thread

    SessionRecord() {}

    /** A new session out of the commit that creates it. */
    static SessionRecord create(Commit commit, long now, long newTag) {
        Birth birth = requireNonNull(commit.head().birth());
        SessionRecord record = new SessionRecord();
        record.application = birth.application();
        record.created = Math.min(birth.created(), now);
        record.lifetimeSeconds = birth.lifetimeSeconds();
        return record.apply(commit, now, newTag);
    }

    /** This record after a commit whose changes are known to fit. */
    SessionRecord apply(Commit commit, long now, long newTag) {
        SessionRecord next = copy();
        next.setVersion(counter + 1, newTag);
        next.recentTags = tagsAfter();
        next.writers = writers.after(commit.writer(), commit.sequence());
        if (commit.mustBeKnown()) {
            next.mustBeKnown = next.counter;
        }
        Integer timeout = commit.head().maxInactiveSeconds();
        if (timeout != null) {
            next.maxInactiveSeconds = timeout;
        }
        NewId id = commit.head().id();
        if (id != null && (commit.create() || secretHash().matches(id.before()))) {
            boolean replaces = counter > 0 && !secretHash().matches(id.secretHash());
            next.oldSecrets = replaces ? oldSecrets.with(secretHash(), now) : oldSecrets;
            next.setSecretHash(id.secretHash());
            next.sealedSecret = id.sealedSecret();
        }
        if (!commit.changes().isEmpty()) {
            next.attributes = attributesAfter(commit, next.version());
        }
        next.lastAccessed = Math.max(lastAccessed, now);
        next.accessBehind = 0;
        return next;
    }

    private Map<String, StoredAttribute> attributesAfter(Commit commit, Version written) {
        Map<String, StoredAttribute> merged = new LinkedHashMap<>(attributes);
        for (AttributeChange each : commit.changes()) {
            AttributeValue value = each.value();
            if (value == null) {
                merged.remove(each.name());
            } else {
                merged.put(each.name(), new StoredAttribute(written, each.explicit(), value));
            }
        }
        return Attributes.of(merged);
    }

    /** Whether a commit's change of the id was left out: another request has changed it before. */
    boolean refuses(Commit commit) {
        NewId id = commit.head().id();
        return id != null && !secretHash().matches(id.secretHash());
    }

    /** What is left of an invalidated session: proof that it was there, so that no late commit brings it back. */
    SessionRecord dead(long now, long newTag) {
        SessionRecord next = copy();
        next.setVersion(counter + 1, newTag);
        next.recentTags = NO_TAGS;
        next.sealedSecret = Bytes.NONE;
        next.attributes = Map.of();
        next.deadSince = now;
        next.ending = null;
        next.turn = null;
        return next;
    }

    /** This record of a session that is over for requests, though its listeners are still to be told. */
    SessionRecord ending(Ending newEnding) {
        SessionRecord next = copy();
        next.ending = newEnding;
        return next;
    }

    /** This record with that turn, or as nobody's turn. */
    SessionRecord inTurn(@Nullable Turn newTurn) {
        SessionRecord next = copy();
        next.turn = newTurn;
        return next;
    }

    /** This record after the other side of a cut has ended the session. */
    SessionRecord endedWith(SessionRecord dead, long newTag) {
        SessionRecord next = dead(dead.deadSince, newTag);
        next.writers = writers.with(dead.writers);
        return next;
    }

    /** This record with what was written on the other side of a cut, under a version that nobody knows yet. */
    SessionRecord joined(SessionRecord other, Map<String, StoredAttribute> merged, long newTag) {
        SessionRecord next = accessedLike(other);
        next.setVersion(Math.max(counter, other.counter) + 1, newTag);
        next.recentTags = NO_TAGS;
        next.mustBeKnown = next.counter;
        next.writers = writers.with(other.writers);
        next.turn = null; // whoever has it does not know what was written on the other side
        next.attributes = Attributes.of(merged);
        if (!knowsSecretOf(other)) {
            next.setSecretHash(other.secretHash());
            next.sealedSecret = other.sealedSecret;
            next.oldSecrets = other.oldSecrets;
        }
        return next;
    }

    /** This record, accessed on the other side of a cut too. */
    SessionRecord accessedLike(SessionRecord other) {
        SessionRecord next = copy();
        next.keepAdditionsOfBoth(other);
        next.lastAccessed = Math.max(lastAccessed, other.lastAccessed);
        next.accessBehind = 0;
        return next;
    }

    /** Whether the other record's secret is this one's or gives way to it; not if the other side has replaced this one's. */
    boolean knowsSecretOf(SessionRecord other) {
        return secretHash().matches(other.secretHash()) || !other.oldSecrets.holds(secretHash());
    }

    /** The counter of the last version that both records went through; -1 if they do not remember one. */
    long lastCommon(SessionRecord other) {
        for (long then = Math.min(counter, other.counter); then > 0; then--) {
            Long mine = tagAt(then);
            if (mine == null || other.tagAt(then) == null) {
                return -1;
            }
            if (mine.equals(other.tagAt(then))) {
                return then;
            }
        }
        return -1;
    }

    private @Nullable Long tagAt(long then) {
        long distance = counter - then;
        if (distance == 0) {
            return tag;
        }
        return distance <= recentTags.length ? recentTags[(int) distance - 1] : null;
    }

    /** This record under a tag that nobody else has, for a copy that may differ from the owner's: nobody's turn. */
    SessionRecord retagged(long newTag) {
        SessionRecord next = copy();
        next.setVersion(counter, newTag);
        next.recentTags = NO_TAGS;
        next.turn = null;
        return next;
    }

    /** This record as a backup has it that missed a commit: no proof of what the backup has not got. */
    SessionRecord missing(Writers seen, long newTag) {
        SessionRecord next = retagged(newTag);
        next.writers = seen;
        return next;
    }

    /** This record's head with another one's attributes as a base for the changed ones: a backup's way to follow. */
    SessionRecord withAttributes(Map<String, StoredAttribute> replaced) {
        SessionRecord next = copy();
        next.attributes = Attributes.of(replaced);
        return next;
    }

    private SessionRecord copy() {
        SessionRecord copy = new SessionRecord();
        copy.keepAdditionsOf(this);
        copy.setVersion(counter, tag);
        copy.recentTags = recentTags;
        copy.setSecretHash(secretHash());
        copy.sealedSecret = sealedSecret;
        copy.oldSecrets = oldSecrets;
        copy.application = application;
        copy.created = created;
        copy.lifetimeSeconds = lifetimeSeconds;
        copy.maxInactiveSeconds = maxInactiveSeconds;
        copy.deadSince = deadSince;
        copy.ending = ending;
        copy.turn = turn;
        copy.mustBeKnown = mustBeKnown;
        copy.writers = writers;
        copy.attributes = attributes;
        copy.lastAccessed = lastAccessed;
        copy.accessBehind = accessBehind;
        return copy;
    }

    private void setVersion(long newCounter, long newTag) {
        counter = newCounter;
        tag = newTag;
    }

    private void setSecretHash(SecretHash hash) {
        secretHigh = hash.high();
        secretLow = hash.low();
    }

    private SecretHash secretHash() {
        return new SecretHash(secretHigh, secretLow);
    }

    private long[] tagsAfter() {
        if (counter == 0) {
            return NO_TAGS;
        }
        long[] tags = new long[Math.min(KNOWN_TAGS, recentTags.length + 1)];
        tags[0] = tag;
        System.arraycopy(recentTags, 0, tags, 1, tags.length - 1);
        return tags;
    }

    /** How many commits ago the record had that tag, zero if it still has; -1 if it does not remember it. */
    int commitsSince(long older) {
        if (older == Version.NONE.tag()) {
            return -1;
        }
        if (older == tag) {
            return 0;
        }
        for (int i = 0; i < recentTags.length; i++) {
            if (recentTags[i] == older) {
                return i + 1;
            }
        }
        return -1;
    }

    private boolean isOrDescendsFrom(Version older) {
        int commits = commitsSince(older.tag());
        return commits >= 0 && counter - commits == older.counter();
    }

    /**
     * Whether a request that saw that version knows of the last removed attribute and the last change of id and timeout.
     * Where one does not, its change of such a thing may be an old one that comes late.
     */
    boolean knows(Version seen) {
        return mustBeKnown == 0 || (isOrDescendsFrom(seen) && seen.counter() >= mustBeKnown);
    }

    /** How a secret relates to this session. Constant time in the secret. */
    SecretMatch match(SecretHash hash, long now) {
        if (secretHash().matches(hash)) {
            return SecretMatch.CURRENT;
        }
        return oldSecrets.match(hash, now) ? SecretMatch.ROTATED : SecretMatch.WRONG;
    }

    /** See {@link #match}. */
    enum SecretMatch {
        CURRENT,
        ROTATED,
        WRONG
    }

    /** Whether nobody but its own tombstone is left of it. */
    boolean isDead() {
        return deadSince != 0;
    }

    @Nullable
    Ending ending() {
        return ending;
    }

    /** The turn that an exclusive request has, or had when it ran out; null if nobody does. */
    @Nullable
    Turn turn() {
        return turn;
    }

    /** Whether it is the turn of that number, and not only reserved. */
    boolean isInTurn(long number) {
        Turn present = turn;
        return present != null && number != 0 && present.number() == number;
    }

    /** Whether a request with that token has the turn. */
    boolean isHeldBy(long token) {
        Turn present = turn;
        return present != null && present.isOf(token);
    }

    /** Whether no request may have the session any more. */
    boolean isOver(long now, long lastLoss) {
        return isDead() || ending != null || isExpired(now, lastLoss);
    }

    /** Whether the timeout or the lifetime has passed; of zero or less neither ever does. */
    boolean isExpired(long now, long lastLoss) {
        return now > lastMoment(lastLoss);
    }

    /** The last millisecond at which the session may be used, if it is not used before. */
    long lastMoment(long lastLoss) {
        long byTimeout =
                maxInactiveSeconds > 0 ? lastAccessed + maxInactiveSeconds * 1000L + grace(lastLoss) : Long.MAX_VALUE;
        long byLifetime = lifetimeSeconds > 0 ? created + lifetimeSeconds * 1000L : Long.MAX_VALUE;
        return Math.min(byTimeout, byLifetime);
    }

    /** Whether nobody needs this tombstone any more. */
    boolean isForgettable(long now) {
        return isDead() && now - deadSince > Sweep.TOMBSTONES.toMillis();
    }

    /** Whether there is something to do about this record without a request. */
    public boolean isDue(long now, long lastLoss) {
        if (isDead()) {
            return isForgettable(now);
        }
        return ending != null ? ending.isFreeFor(0, now) : isExpired(now, lastLoss);
    }

    /** Accesses since the last backup of the access time may be unknown to this copy if its owner was lost since. */
    private long grace(long lastLoss) {
        return lastAccessed <= lastLoss ? touchIntervalMillis() : 0;
    }

    /** How far the backups' access time may fall behind. */
    private long touchIntervalMillis() {
        return Math.min(MAX_TOUCH_INTERVAL_MILLIS, maxInactiveSeconds * 1000L / 20);
    }

    /** Notes an access, and tells whether the backups must hear of it. */
    boolean access(long now) {
        long passed = Math.max(0, now - lastAccessed);
        lastAccessed = Math.max(lastAccessed, now);
        accessBehind = (int) Math.min(Integer.MAX_VALUE, accessBehind + passed);
        if (maxInactiveSeconds <= 0 || accessBehind < touchIntervalMillis()) {
            return false;
        }
        accessBehind = 0;
        return true;
    }

    Writers writers() {
        return writers;
    }

    boolean hasSeen(long writer, long sequence) {
        return writers.hasSeen(writer, sequence);
    }

    Version version() {
        return new Version(counter, tag);
    }

    public String application() {
        return application;
    }

    public byte[] sealedSecret() {
        return sealedSecret;
    }

    /** Whose session it is; null for nobody's. */
    @Nullable
    String principal() {
        for (StoredAttribute each : attributes.values()) {
            if (each.value().principal() != null) {
                return each.value().principal();
            }
        }
        return null;
    }

    /** Whether any value wants to be told of the session's end. */
    boolean hasBound() {
        return attributes.values().stream().anyMatch(each -> each.value().bound());
    }

    /** Why the session is over, if it is, and its listeners are still to be told. */
    public @Nullable EndCause endCause() {
        return ending == null ? null : ending.cause();
    }

    /** The number of the session's end, if its listeners are still to be told. */
    public long endId() {
        return ending == null ? 0 : ending.eventId();
    }

    public long created() {
        return created;
    }

    public long lastAccessed() {
        return lastAccessed;
    }

    public int maxInactiveSeconds() {
        return maxInactiveSeconds;
    }

    public Map<String, StoredAttribute> attributes() {
        return attributes;
    }

    Set<String> names() {
        return attributes.keySet();
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        version().write(out);
        out.writeLongArray(recentTags);
        secretHash().write(out);
        out.writeByteArray(sealedSecret);
        oldSecrets.write(out);
        out.writeString(application);
        out.writeLong(created);
        out.writeInt(lifetimeSeconds);
        out.writeInt(maxInactiveSeconds);
        out.writeLong(deadSince);
        out.writeByte((ending == null ? 0 : HAS_ENDING) | (turn == null ? 0 : HAS_TURN));
        if (ending != null) {
            ending.write(out);
        }
        if (turn != null) {
            turn.write(out);
        }
        out.writeLong(mustBeKnown);
        writers.write(out);
        out.writeLong(lastAccessed); // the copy that is written here is exact at this moment, and behind by nothing
        Attributes.write(out, attributes);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        Version version = Version.read(in);
        setVersion(version.counter(), version.tag());
        long[] tags = in.readLongArray();
        recentTags = tags == null || tags.length == 0 ? NO_TAGS : tags;
        setSecretHash(SecretHash.read(in));
        sealedSecret = Bytes.read(in);
        oldSecrets = OldSecrets.read(in);
        application = Bytes.readSharedName(in);
        created = in.readLong();
        lifetimeSeconds = in.readInt();
        maxInactiveSeconds = in.readInt();
        deadSince = in.readLong();
        int has = in.readByte();
        ending = (has & HAS_ENDING) == 0 ? null : Ending.read(in);
        turn = (has & HAS_TURN) == 0 ? null : Turn.read(in);
        mustBeKnown = in.readLong();
        writers = Writers.read(in);
        lastAccessed = in.readLong();
        attributes = Attributes.read(in);
    }
}
