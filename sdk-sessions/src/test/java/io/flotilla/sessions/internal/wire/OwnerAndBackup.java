package io.flotilla.sessions.internal.wire;

import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.map.EntryProcessor;
import io.flotilla.sessions.internal.wire.SessionProtocol.Outcome;
import io.flotilla.spi.FactoryIds;
import java.util.AbstractMap.SimpleEntry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The two copies of one session's record, with what passes between them in the test's hands: a step's backup may be lost,
 * and the backup may become the owner. Everything that would cross members is serialized.
 */
public final class OwnerAndBackup {
    private static final InternalSerializationService SERVICE = new DefaultSerializationServiceBuilder()
            .addDataSerializableFactory(FactoryIds.SESSIONS, new SessionsFactory())
            .build();
    private @Nullable SessionRecord owner;
    private @Nullable SessionRecord backup;
    private final Set<UUID> left = new HashSet<>();
    private long now = 1_000_000;
    private long lastLoss = Long.MIN_VALUE;
    private long lastTag = 100;

    /** The owner's clock. */
    public long now() {
        return now;
    }

    /** Moves the owner's clock, back too. */
    public void pass(long millis) {
        now += millis;
    }

    public OpenReply open(SecretHash secretHash, Version have, boolean backedUp) {
        Object packed = run(
                new OpenProcessor(secretHash, have),
                SessionProtocol.open(owner, secretHash, have.tag(), now, lastLoss)
                        .with(OpenReply::packed),
                backedUp);
        return OpenReply.unpacked(packed);
    }

    /** OPEN of an exclusive request, on a member that is one of the cluster or not any more by now. */
    public OpenReply openInTurn(SecretHash secretHash, Version have, TurnClaim claim, boolean backedUp) {
        return openInTurn(secretHash, have, new TurnQuestion(claim, false), backedUp);
    }

    public OpenReply openInTurn(SecretHash secretHash, Version have, TurnQuestion question, boolean backedUp) {
        Object packed = run(
                new OpenInTurnProcessor(secretHash, have, question),
                SessionProtocol.openInTurn(
                                owner, secretHash, have.tag(), question, ++lastTag << 1, now, lastLoss, this::isMember)
                        .with(OpenReply::packed),
                backedUp);
        return OpenReply.unpacked(packed);
    }

    public boolean keepTurn(TurnClaim claim, long number, boolean backedUp) {
        return run(TurnProcessor.keep(claim, number), SessionProtocol.keepTurn(owner, claim, number, now), backedUp);
    }

    public boolean giveTurnBack(TurnClaim claim, boolean backedUp) {
        return run(TurnProcessor.giveBack(claim), SessionProtocol.giveTurnBack(owner, claim.token(), now), backedUp);
    }

    /** A member is no more one of the cluster. */
    public void leave(UUID member) {
        left.add(member);
    }

    private boolean isMember(UUID member) {
        return !left.contains(member);
    }

    public boolean touch(SecretHash secretHash, boolean backedUp) {
        return run(new TouchProcessor(secretHash), SessionProtocol.touch(owner, secretHash, now, lastLoss), backedUp);
    }

    public CommitReply commit(Commit commit, boolean backedUp) {
        Commit sent = over(new CommitProcessor(commit)).commit();
        return run(new CommitProcessor(sent), SessionProtocol.commit(owner, sent, now, ++lastTag, lastLoss), backedUp);
    }

    public boolean invalidate(boolean backedUp) {
        return invalidate(++lastTag, backedUp).isEnd();
    }

    /** SWEEP by a member that has the application of the test's messages, and tells its listeners; without a lease if zero. */
    public EndReply sweep(long lease, boolean backedUp) {
        return sweep(
                lease, new Audience(Set.of(Messages.APPLICATION), Set.of(Messages.APPLICATION), Set.of()), backedUp);
    }

    public EndReply sweep(long lease, Audience audience, boolean backedUp) {
        Sweep sweep = new Sweep(lease, audience);
        return run(new SweepProcessor(sweep), SessionProtocol.sweep(owner, sweep, now, ++lastTag, lastLoss), backedUp);
    }

    public EndReply end(String principal, long operation, boolean backedUp) {
        return run(
                new EndProcessor(principal, operation),
                SessionProtocol.end(owner, principal, operation, now, lastLoss),
                backedUp);
    }

    public EndReply finish(long eventId, boolean backedUp) {
        return run(new FinishProcessor(eventId), SessionProtocol.finish(owner, eventId, now, ++lastTag), backedUp);
    }

    /** INVALIDATE under a number of the test's. */
    public EndReply invalidate(long operation, boolean backedUp) {
        return run(new InvalidateProcessor(operation), SessionProtocol.invalidate(owner, operation, now), backedUp);
    }

    /** What {@link OwnerProcessor} does with an outcome. */
    private <R> R run(OwnerProcessor<R> processor, Outcome<R> outcome, boolean backedUp) {
        SessionRecord before = owner;
        SessionRecord after = outcome.stored() == null ? before : outcome.stored();
        owner = outcome.removed() ? null : after;
        if (outcome.removed() && backedUp) {
            backup = follow(backup, new RemoveBackup());
        } else if (outcome.backup() && backedUp && after != null) {
            backup = follow(backup, processor.backupOf(before, after));
        }
        return over(outcome.reply());
    }

    @SuppressWarnings("NullAway") // an entry without a value has null
    private @Nullable SessionRecord follow(
            @Nullable SessionRecord present, EntryProcessor<String, SessionRecord, ?> step) {
        Map.Entry<String, SessionRecord> entry = new SimpleEntry<>("key", present);
        over(step).process(entry);
        return entry.getValue();
    }

    private <T> T over(T sent) {
        return SERVICE.toObject(SERVICE.toData(sent));
    }

    /** The owner is lost, and the backup takes its place; the next backup is a copy of it. */
    public void promote() {
        owner = backup;
        lastLoss = now;
        repair();
    }

    /** The backup is brought up to date as a whole, as Hazelcast does after a while. */
    public void repair() {
        backup = owner == null ? null : over(owner);
    }

    public Version version() {
        return owner == null ? Version.NONE : owner.version();
    }

    public Version backupVersion() {
        return backup == null ? Version.NONE : backup.version();
    }

    public Map<String, StoredAttribute> attributes() {
        return owner == null ? Map.of() : owner.attributes();
    }

    public Map<String, StoredAttribute> backupAttributes() {
        return backup == null ? Map.of() : backup.attributes();
    }

    public boolean isOpenedBy(SecretHash secretHash) {
        return owner != null && owner.match(secretHash, now) == SessionRecord.SecretMatch.CURRENT;
    }

    /** Whether there is any record. */
    public boolean exists() {
        return owner != null;
    }

    public boolean isDead() {
        return owner != null && owner.isDead();
    }

    public long lastAccessed() {
        return owner == null ? 0 : owner.lastAccessed();
    }

    public long backupLastAccessed() {
        return backup == null ? 0 : backup.lastAccessed();
    }
}
