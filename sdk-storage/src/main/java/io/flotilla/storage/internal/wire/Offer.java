package io.flotilla.storage.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.storage.internal.Reference;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells the index of a reference that is on disk. */
public final class Offer extends Step {
    static final int CLASS_ID = 4;

    private ReferenceEntry entry = new ReferenceEntry();
    private boolean found;

    Offer() {}

    private Offer(Reference reference, boolean found) {
        this.entry = new ReferenceEntry(reference);
        this.found = found;
    }

    /** One that was just added: taken if it follows what the index has, so that one which comes too late is refused. */
    public static Offer added(Reference reference) {
        return new Offer(reference, false);
    }

    /** The latest that is on disk: taken if it is later than what the index has. */
    public static Offer found(Reference reference) {
        return new Offer(reference, true);
    }

    @Override
    @Nullable
    IndexEntry next(@Nullable IndexEntry present) {
        if (present == null) {
            return found || entry.reference().base() == 0 ? entry : null;
        }
        Reference there = ((ReferenceEntry) present).reference();
        boolean later = found
                ? entry.reference().generation() > there.generation()
                : entry.reference().base() == there.generation();
        return later ? entry : present;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) throws IOException {
        out.writeBoolean(found);
        entry.writeFields(out);
    }

    @Override
    protected void readFields(ObjectDataInput in) throws IOException {
        found = in.readBoolean();
        entry.readFields(in);
    }
}
