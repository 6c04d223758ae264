package io.flotilla.storage.internal.wire;

import com.hazelcast.aggregation.Aggregator;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.storage.internal.Content;
import io.flotilla.storage.internal.LongSet;
import io.flotilla.storage.internal.Reference;
import java.io.IOException;
import java.util.Map;

/**
 * Counts: how much a namespace holds, which blobs are in use, which references the index knows, and how many partitions
 * are complete.
 */
public final class Census extends WireType implements Aggregator<Map.Entry<String, IndexEntry>, Census> {
    static final int CLASS_ID = 9;

    private String namespace = "";
    private boolean hashes;
    private long now;
    private int complete;
    private long objects;
    private long bytes;
    private LongSet blobs = new LongSet();
    private LongSet known = new LongSet();

    Census() {}

    private Census(String namespace, boolean hashes, long now) {
        this.namespace = namespace;
        this.hashes = hashes;
        this.now = now;
    }

    /** How much a namespace holds. */
    public static Census usage(String namespace, long now) {
        return new Census(namespace, false, now);
    }

    /** What must not be swept, of all namespaces; what has expired is among it until it is deleted. */
    public static Census living() {
        return new Census("", true, 0);
    }

    @Override
    public void accumulate(Map.Entry<String, IndexEntry> entry) {
        if (entry.getValue() instanceof CompletenessMark mark) {
            complete += mark.complete() ? 1 : 0;
        } else if (entry.getValue() instanceof ReferenceEntry each) {
            count(each.reference());
        }
    }

    private void count(Reference reference) {
        if (hashes) {
            known.add(hash(reference));
            if (reference.content() != null) {
                blobs.add(reference.content().blob().hash());
            }
        } else if (reference.namespace().equals(namespace)) {
            Content visible = reference.visible(now);
            if (visible != null) {
                objects++;
                bytes += visible.size();
            }
        }
    }

    /** Sixty-four bits of a unique word. */
    private static long hash(Reference reference) {
        long hash = 0xcbf29ce484222325L;
        String operation = reference.operation();
        for (int i = 0; i < operation.length(); i++) {
            hash = (hash ^ operation.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void combine(Aggregator other) {
        Census more = (Census) other;
        complete += more.complete;
        objects += more.objects;
        bytes += more.bytes;
        blobs.addAll(more.blobs.toArray());
        known.addAll(more.known.toArray());
    }

    @Override
    public Census aggregate() {
        return this;
    }

    public int complete() {
        return complete;
    }

    public long objects() {
        return objects;
    }

    public long bytes() {
        return bytes;
    }

    /** The hashes of the blobs in use. */
    public LongSet blobs() {
        return blobs;
    }

    /** Whether the index has that very reference. */
    public boolean knows(Reference reference) {
        return known.contains(hash(reference));
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) throws IOException {
        out.writeString(namespace);
        out.writeBoolean(hashes);
        out.writeLong(now);
        out.writeInt(complete);
        out.writeLong(objects);
        out.writeLong(bytes);
        out.writeLongArray(blobs.toArray());
        out.writeLongArray(known.toArray());
    }

    @Override
    protected void readFields(ObjectDataInput in) throws IOException {
        namespace = text(in);
        hashes = in.readBoolean();
        now = in.readLong();
        complete = in.readInt();
        objects = in.readLong();
        bytes = in.readLong();
        blobs = readHashes(in);
        known = readHashes(in);
    }

    private static LongSet readHashes(ObjectDataInput in) throws IOException {
        LongSet set = new LongSet();
        long[] values = in.readLongArray();
        set.addAll(values == null ? new long[0] : values);
        return set;
    }
}
