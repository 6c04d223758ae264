package io.flotilla.sessions.internal.wire;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs one step of the protocol on the owner of a session and gives the backups the finished result. An instance may run
 * more than once, when a call between a member and itself is repeated.
 */
abstract class OwnerProcessor<R> extends WireType
        implements EntryProcessor<String, SessionRecord, R>, HazelcastInstanceAware {
    private @Nullable OwnerContext context;
    private @Nullable HazelcastInstance member;
    private @Nullable EntryProcessor<String, SessionRecord, R> backup;

    /** Whether that member is one of the cluster. */
    final boolean isMember(UUID id) {
        HazelcastInstance here = member;
        return here != null
                && here.getCluster().getMembers().stream()
                        .anyMatch(each -> each.getUuid().equals(id));
    }

    /** The step: a pure function of the record and what the owner adds. */
    abstract SessionProtocol.Outcome<R> step(@Nullable SessionRecord record, OwnerContext owner);

    /** The answer when there is no record and it may just have been lost; null where that makes no difference. */
    @Nullable
    R unavailable() {
        return null;
    }

    /** What the backups are to do, given the record before and after. */
    abstract EntryProcessor<String, SessionRecord, ?> backupOf(@Nullable SessionRecord before, SessionRecord after);

    @Override
    public final void setHazelcastInstance(HazelcastInstance member) {
        this.context = OwnerContext.of(member);
        this.member = member;
    }

    @Override
    public final R process(Map.Entry<String, SessionRecord> entry) {
        backup = null;
        OwnerContext owner = context;
        HazelcastInstance here = member;
        if (owner == null || here == null) {
            throw new IllegalStateException("the sessions module is not installed on this member");
        }
        SessionRecord before = entry.getValue();
        R unavailable = before == null ? unavailable() : null;
        if (unavailable != null && owner.mayHaveLost(entry.getKey(), here)) {
            return unavailable;
        }
        SessionProtocol.Outcome<R> outcome = step(before, owner);
        apply(entry, before, outcome);
        return outcome.reply();
    }

    @SuppressWarnings({"unchecked", "NullAway"
    }) // a backup's result is never read; null is Hazelcast's word for removal
    private void apply(
            Map.Entry<String, SessionRecord> entry,
            @Nullable SessionRecord before,
            SessionProtocol.Outcome<R> outcome) {
        if (outcome.removed()) {
            entry.setValue(null);
            backup = (EntryProcessor<String, SessionRecord, R>)
                    (EntryProcessor<String, SessionRecord, ?>) new RemoveBackup();
            return;
        }
        SessionRecord after = outcome.stored() == null ? before : outcome.stored();
        if (outcome.stored() != null) {
            entry.setValue(outcome.stored());
        }
        if (outcome.backup() && after != null) {
            backup = (EntryProcessor<String, SessionRecord, R>) backupOf(before, after);
        }
    }

    @Override
    public final @Nullable EntryProcessor<String, SessionRecord, R> getBackupProcessor() {
        return backup;
    }
}
