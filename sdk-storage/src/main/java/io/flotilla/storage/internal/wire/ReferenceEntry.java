package io.flotilla.storage.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Content;
import io.flotilla.storage.internal.Reference;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A reference, in the index and between members. */
public final class ReferenceEntry extends IndexEntry {
    static final int CLASS_ID = 1;

    private Reference reference = new Reference("", "", 0, 0, "", null);

    ReferenceEntry() {}

    public ReferenceEntry(Reference reference) {
        this.reference = reference;
    }

    public Reference reference() {
        return reference;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) throws IOException {
        out.writeString(reference.namespace());
        out.writeString(reference.name());
        out.writeLong(reference.base());
        out.writeLong(reference.generation());
        out.writeString(reference.operation());
        Content content = reference.content();
        out.writeBoolean(content != null);
        if (content != null) {
            write(content, out);
        }
    }

    private static void write(Content content, ObjectDataOutput out) throws IOException {
        out.writeString(content.blob().fileName());
        out.writeLong(content.size());
        out.writeString(content.contentType());
        out.writeLong(content.created());
        out.writeLong(content.expires());
        out.writeInt(content.metadata().size());
        for (Map.Entry<String, String> each : content.metadata().entrySet()) {
            out.writeString(each.getKey());
            out.writeString(each.getValue());
        }
    }

    @Override
    protected void readFields(ObjectDataInput in) throws IOException {
        reference = new Reference(text(in), text(in), in.readLong(), in.readLong(), text(in), readContent(in));
    }

    private static @Nullable Content readContent(ObjectDataInput in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        BlobKey blob = BlobKey.ofFileName(text(in));
        long size = in.readLong();
        String contentType = text(in);
        long created = in.readLong();
        long expires = in.readLong();
        Map<String, String> metadata = new TreeMap<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            metadata.put(text(in), text(in));
        }
        return new Content(blob, size, contentType, metadata, created, expires);
    }
}
