package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Brings a backup to the owner's record: as a whole, or by the difference to the one before. */
final class RecordBackup extends BackupStep {
    static final int CLASS_ID = 11;

    private boolean whole;
    private Version base = Version.NONE;
    private List<String> removed = List.of();
    private SessionRecord record = new SessionRecord();

    RecordBackup() {}

    private RecordBackup(boolean whole, Version base, List<String> removed, SessionRecord record) {
        this.whole = whole;
        this.base = base;
        this.removed = removed;
        this.record = record;
    }

    static RecordBackup whole(SessionRecord record) {
        return new RecordBackup(true, Version.NONE, List.of(), record);
    }

    static RecordBackup delta(Version base, SessionRecord after, List<AttributeChange> changes) {
        Map<String, StoredAttribute> written = new LinkedHashMap<>();
        List<String> removed = new ArrayList<>();
        for (AttributeChange each : changes) {
            StoredAttribute now = after.attributes().get(each.name());
            if (now == null) {
                removed.add(each.name());
            } else {
                written.put(each.name(), now);
            }
        }
        return new RecordBackup(false, base, removed, after.withAttributes(written));
    }

    @Override
    public Boolean process(Map.Entry<String, SessionRecord> entry) {
        SessionRecord present = entry.getValue();
        if (whole) {
            entry.setValue(record);
        } else if (present != null) {
            entry.setValue(follow(present));
        }
        // A difference to a record that this backup never got is of no use: Hazelcast's own repair brings the whole.
        return true;
    }

    private SessionRecord follow(SessionRecord present) {
        Map<String, StoredAttribute> merged = new LinkedHashMap<>(present.attributes());
        removed.forEach(merged::remove);
        merged.putAll(record.attributes());
        SessionRecord next = record.withAttributes(merged);
        // Not the owner's predecessor: what results may differ from the owner's record, so it must not pass for it.
        return present.version().equals(base)
                ? next
                : next.missing(
                        present.writers().afterLastOf(record.writers()),
                        ThreadLocalRandom.current().nextLong());
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeBoolean(whole);
        base.write(out);
        out.writeInt(removed.size());
        for (String name : removed) {
            out.writeString(name);
        }
        record.writeData(out);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        whole = in.readBoolean();
        base = Version.read(in);
        int count = in.readInt();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Bytes.readName(in));
        }
        removed = names;
        record.readData(in);
    }
}
