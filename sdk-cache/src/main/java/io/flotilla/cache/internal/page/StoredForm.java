package io.flotilla.cache.internal.page;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of what the page cache stores, the same in all releases: a version, a kind, and the parts in a fixed order.
 * What is added goes to the end, where earlier releases do not look; who finds the end there takes null, 0 or false. A
 * change of what there is takes another version, which earlier releases refuse: then the page is as if it was not there.
 */
public final class StoredForm implements Externalizable {
    private static final long serialVersionUID = 1L;
    private static final byte VERSION = 1;
    private static final byte PAGE = 1;
    private static final byte VARIANTS = 2;
    private static final byte NOT_STORABLE = 3;
    private static final int ABSENT = -1;
    private static final int MOST_TEXTS = 1 << 16;

    private @Nullable Stored stored;

    /** For what reads it. */
    public StoredForm() {}

    StoredForm(Stored stored) {
        this.stored = stored;
    }

    private Object readResolve() throws InvalidObjectException {
        Stored read = stored;
        if (read == null) {
            throw new InvalidObjectException("a page without content");
        }
        return read;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeByte(VERSION);
        if (stored instanceof Stored.Page page) {
            out.writeByte(PAGE);
            out.writeInt(page.status());
            write(out, page.fields());
            write(out, page.body());
            write(out, page.freshness());
        } else if (stored instanceof Stored.Variants variants) {
            out.writeByte(VARIANTS);
            write(out, variants.names());
            write(out, variants.id());
        } else {
            out.writeByte(NOT_STORABLE);
        }
    }

    private static void write(ObjectOutput out, Stored.Body body) throws IOException {
        out.writeBoolean(body.gzipped());
        out.writeInt(body.length());
        write(out, body.etag());
        write(out, body.gzipEtag());
        out.writeInt(body.bytes().length);
        out.write(body.bytes());
    }

    private static void write(ObjectOutput out, Freshness freshness) throws IOException {
        out.writeLong(freshness.generatedAt());
        out.writeLong(freshness.initialAge());
        out.writeLong(freshness.freshFor());
        out.writeLong(freshness.whileRevalidating());
        out.writeLong(freshness.ifError());
        out.writeBoolean(freshness.mayBeStale());
        out.writeBoolean(freshness.forAuthorized());
    }

    private static void write(ObjectOutput out, String[] texts) throws IOException {
        out.writeInt(texts.length);
        for (String each : texts) {
            write(out, each);
        }
    }

    private static void write(ObjectOutput out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION) {
            throw new InvalidObjectException("a page of version " + version + ", which another release has written");
        }
        byte kind = in.readByte();
        stored = switch (kind) {
            case PAGE -> new Stored.Page(in.readInt(), texts(in), body(in), freshness(in));
            case VARIANTS -> new Stored.Variants(texts(in), text(in));
            case NOT_STORABLE -> new Stored.NotStorable();
            default ->
                throw new InvalidObjectException("a page of kind " + kind + ", which another release has written");
        };
    }

    private static Stored.Body body(ObjectInput in) throws IOException {
        boolean gzipped = in.readBoolean();
        int length = in.readInt();
        String etag = textOrNull(in);
        String gzipEtag = textOrNull(in);
        return new Stored.Body(bytes(in, in.readInt()), gzipped, length, etag, gzipEtag);
    }

    private static Freshness freshness(ObjectInput in) throws IOException {
        return new Freshness(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readBoolean());
    }

    private static String[] texts(ObjectInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST_TEXTS) {
            throw new InvalidObjectException("a page with " + count + " texts");
        }
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            texts[i] = text(in);
        }
        return texts;
    }

    private static String text(ObjectInput in) throws IOException {
        String text = textOrNull(in);
        if (text == null) {
            throw new InvalidObjectException("a page without one of its texts");
        }
        return text;
    }

    private static @Nullable String textOrNull(ObjectInput in) throws IOException {
        int length = in.readInt();
        return length == ABSENT ? null : new String(bytes(in, length), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ObjectInput in, int length) throws IOException {
        if (length < 0 || length > PageSettings.LARGEST) {
            throw new InvalidObjectException("a part of a page with " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
