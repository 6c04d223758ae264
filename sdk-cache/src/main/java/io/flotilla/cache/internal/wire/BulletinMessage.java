package io.flotilla.cache.internal.wire;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Bulletin;
import io.flotilla.cache.internal.protocol.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** BULLETIN: to a reader, which answers with a report; or the answer to a report. */
public final class BulletinMessage extends WireType implements Callable<ReportMessage>, HazelcastInstanceAware {
    static final int CLASS_ID = 13;

    private Bulletin<CacheKey> bulletin = new Bulletin<>(new UUID(0, 0), 0, List.of(), 0, 0, 0);
    private @Nullable HazelcastInstance member;

    BulletinMessage() {}

    public BulletinMessage(Bulletin<CacheKey> bulletin) {
        this.bulletin = bulletin;
    }

    public Bulletin<CacheKey> bulletin() {
        return bulletin;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        this.member = member;
    }

    @Override
    @SuppressWarnings("NullAway") // null is the answer of who has none; Callable cannot say so
    public ReportMessage call() {
        Listening listening = Listening.of(member);
        return listening == null ? null : listening.told(this);
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        Fields.id(bulletin.owner(), out);
        out.writeLong(bulletin.first());
        out.writeLong(bulletin.forgotten());
        out.writeLong(bulletin.last());
        out.writeLong(bulletin.echo());
        out.writeInt(bulletin.notes().size());
        for (Note<CacheKey> each : bulletin.notes()) {
            CacheKey key = each.key();
            out.writeInt(each.partition());
            out.writeBoolean(key != null);
            if (key != null) {
                key.write(out);
            }
        }
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        UUID owner = Fields.id(in);
        long first = in.readLong();
        long forgotten = in.readLong();
        long last = in.readLong();
        long echo = in.readLong();
        int count = in.readInt();
        List<Note<CacheKey>> notes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int partition = in.readInt();
            notes.add(new Note<>(partition, in.readBoolean() ? CacheKey.read(in) : null));
        }
        bulletin = new Bulletin<>(owner, first, notes, forgotten, last, echo);
    }
}
