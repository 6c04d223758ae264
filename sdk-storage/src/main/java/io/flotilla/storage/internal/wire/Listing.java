package io.flotilla.storage.internal.wire;

import com.hazelcast.aggregation.Aggregator;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.storage.internal.Reference;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Collects the first few objects of a namespace, in the order of their names; and counts the partitions that are complete. */
public final class Listing extends WireType implements Aggregator<Map.Entry<String, IndexEntry>, Listing> {
    static final int CLASS_ID = 8;

    private String namespace = "";
    private String prefix = "";
    private String after = "";
    private int limit;
    private long now;
    private int complete;
    private final TreeMap<String, Reference> first = new TreeMap<>();

    Listing() {}

    /**
     * @param after the name after which to begin; empty for the first
     * @param now what has expired by then is left out
     */
    public Listing(String namespace, String prefix, String after, int limit, long now) {
        this.namespace = namespace;
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
        this.now = now;
    }

    @Override
    public void accumulate(Map.Entry<String, IndexEntry> entry) {
        if (entry.getValue() instanceof CompletenessMark mark) {
            complete += mark.complete() ? 1 : 0;
        } else if (entry.getValue() instanceof ReferenceEntry each) {
            add(each.reference());
        }
    }

    private void add(Reference reference) {
        String name = reference.name();
        if (reference.namespace().equals(namespace)
                && name.startsWith(prefix)
                && name.compareTo(after) > 0
                && reference.visible(now) != null) {
            first.put(name, reference);
            cut();
        }
    }

    private void cut() {
        if (first.size() > limit) {
            first.pollLastEntry();
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void combine(Aggregator other) {
        Listing more = (Listing) other;
        complete += more.complete;
        more.first.forEach((name, reference) -> {
            first.put(name, reference);
            cut();
        });
    }

    @Override
    public Listing aggregate() {
        return this;
    }

    /** How many partitions are complete. */
    public int complete() {
        return complete;
    }

    public Collection<Reference> references() {
        return first.values();
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) throws IOException {
        out.writeString(namespace);
        out.writeString(prefix);
        out.writeString(after);
        out.writeInt(limit);
        out.writeLong(now);
        out.writeInt(complete);
        out.writeInt(first.size());
        for (Reference each : first.values()) {
            new ReferenceEntry(each).writeFields(out);
        }
    }

    @Override
    protected void readFields(ObjectDataInput in) throws IOException {
        namespace = text(in);
        prefix = text(in);
        after = text(in);
        limit = in.readInt();
        now = in.readLong();
        complete = in.readInt();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            ReferenceEntry entry = new ReferenceEntry();
            entry.readFields(in);
            first.put(entry.reference().name(), entry.reference());
        }
    }
}
