package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an operator may see of a session: its times, and the names and sizes of its attributes; no value. */
public final class SessionSummary extends WireType {
    static final int CLASS_ID = 22;

    static final SessionSummary NONE = new SessionSummary();

    private boolean found;
    private long created;
    private long lastAccessed;
    private int maxInactiveSeconds;
    private Map<String, Integer> sizes = Map.of();

    SessionSummary() {}

    static SessionSummary of(SessionRecord session) {
        SessionSummary summary = new SessionSummary();
        summary.found = true;
        summary.created = session.created();
        summary.lastAccessed = session.lastAccessed();
        summary.maxInactiveSeconds = session.maxInactiveSeconds();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        session.attributes().forEach((name, each) -> sizes.put(name, each.bytes().length));
        summary.sizes = sizes;
        return summary;
    }

    /** Whether there is such a session of the principal asked for. */
    public boolean found() {
        return found;
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

    /** The bytes of each attribute, by name. */
    public Map<String, Integer> sizes() {
        return sizes;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeBoolean(found);
        if (!found) {
            return;
        }
        out.writeLong(created);
        out.writeLong(lastAccessed);
        out.writeInt(maxInactiveSeconds);
        out.writeInt(sizes.size());
        for (Map.Entry<String, Integer> each : sizes.entrySet()) {
            out.writeString(each.getKey());
            out.writeInt(each.getValue());
        }
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        found = in.readBoolean();
        if (!found) {
            return;
        }
        created = in.readLong();
        lastAccessed = in.readLong();
        maxInactiveSeconds = in.readInt();
        int count = in.readInt();
        Map<String, Integer> read = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            read.put(Bytes.readName(in), in.readInt());
        }
        sizes = read;
    }
}
