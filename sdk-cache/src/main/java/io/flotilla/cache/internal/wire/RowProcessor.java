package io.flotilla.cache.internal.wire;

import static java.util.Objects.requireNonNull;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.Step;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs one step of the protocol on the owner of a row and gives the backups the finished one. An instance may run more than
 * once, when a call between a member and itself is repeated.
 *
 * @param <R> the step's reply
 */
abstract class RowProcessor<R> extends WireType
        implements EntryProcessor<String, RowRecord, R>, HazelcastInstanceAware {
    /** A row is kept for so long beyond its end: what has ended counts as absent anyway. */
    private static final long KEPT_BEYOND = 2_000;

    private String cache;
    private @Nullable HazelcastInstance member;
    private @Nullable EntryProcessor<String, RowRecord, R> backup;

    RowProcessor(String cache) {
        this.cache = cache;
    }

    /** The step: a pure function of the row and what the owner adds. */
    abstract Step<byte[], R> step(@Nullable Row<byte[]> row, CacheKey key, Owner owner);

    /** The owner of one partition, as a step sees it. */
    record Owner(OwnerContext context, HazelcastInstance member, int partition) {
        long now() {
            return context.now();
        }

        /** The present moment: to be taken before the row is looked at. */
        Position position() {
            return context.stream(member).position(partition);
        }

        /** A change of the key, numbered before the new row can be read. */
        Position changed(CacheKey key) {
            return context.changed(member, partition, key);
        }

        boolean isNot(UUID target) {
            return !member.getCluster().getLocalMember().getUuid().equals(target);
        }
    }

    @Override
    public final void setHazelcastInstance(HazelcastInstance member) {
        this.member = member;
    }

    @Override
    public final R process(Map.Entry<String, RowRecord> entry) {
        backup = null;
        HazelcastInstance here = requireNonNull(member);
        OwnerContext context = OwnerContext.of(here);
        int partition = here.getPartitionService().getPartition(entry.getKey()).getPartitionId();
        CacheKey key = new CacheKey(cache, entry.getKey());
        Step<byte[], R> step = step(RowRecord.of(entry.getValue()), key, new Owner(context, here, partition));
        store(entry, step, context.now());
        context.wake(step.woken(), key);
        return step.reply();
    }

    @SuppressWarnings("unchecked") // a backup's result is never read
    private void store(Map.Entry<String, RowRecord> entry, Step<byte[], R> step, long now) {
        if (step.reach() == Step.Reach.NOBODY) {
            return;
        }
        Row<byte[]> row = step.row();
        RowRecord after = row == null ? null : new RowRecord(row);
        long keptFor = after == null ? 0 : Math.max(0, after.endsAt() - now) + KEPT_BEYOND;
        RowBackup.store(entry, after, keptFor);
        if (step.reach() == Step.Reach.BACKUPS) {
            backup = (EntryProcessor<String, RowRecord, R>)
                    (EntryProcessor<String, RowRecord, ?>) new RowBackup(after, keptFor);
        }
    }

    @Override
    public final @Nullable EntryProcessor<String, RowRecord, R> getBackupProcessor() {
        return backup;
    }

    @Override
    final void write(ObjectDataOutput out) throws IOException {
        out.writeString(cache);
        writeStep(out);
    }

    @Override
    final void read(ObjectDataInput in) throws IOException {
        cache = Fields.text(in);
        readStep(in);
    }

    abstract void writeStep(ObjectDataOutput out) throws IOException;

    abstract void readStep(ObjectDataInput in) throws IOException;
}
