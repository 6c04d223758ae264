package io.flotilla.spi;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A type of the wire format that later releases may add to, while members of earlier ones still read and write it.
 *
 * <p>The fields of the release that brought the type stay as they are for ever. What a later release adds is an
 * <em>addition</em>: bytes under a number that is never used for anything else. Whoever does not know the number leaves
 * them alone, and writes them again with what it has read. A type without additions costs one byte more than its fields.
 *
 * <p>Additions are set before an object is handed to others, and not changed afterwards.
 *
 * @since 0.1
 */
public abstract class GrowingType implements IdentifiedDataSerializable {
    private static final byte FIELDS_ONLY = 1;
    private static final byte ADDITIONS_FIRST = 2;

    private Map<Byte, byte[]> additions = Map.of();

    /** Made by a subclass. */
    protected GrowingType() {}

    /**
     * Writes the fields of the type's first release.
     *
     * @param out where to
     * @throws IOException never, in members
     */
    protected abstract void writeFields(ObjectDataOutput out) throws IOException;

    /**
     * Reads what {@link #writeFields} writes; additions are there already.
     *
     * @param in where from
     * @throws IOException if the bytes make no sense
     */
    protected abstract void readFields(ObjectDataInput in) throws IOException;

    /**
     * Returns an addition.
     *
     * @param number its number
     * @return its bytes, not to be changed; null if there is none: whoever made the object does not know of it
     */
    protected final byte @Nullable [] addition(int number) {
        return additions.get((byte) number);
    }

    /**
     * Sets an addition.
     *
     * @param number its number, 1 to 127
     * @param value its bytes, not changed afterwards
     */
    protected final void add(int number, byte[] value) {
        Check.that(number > 0 && number <= Byte.MAX_VALUE, "wire.addition must be between 1 and 127, was %s", number);
        Map<Byte, byte[]> more = new TreeMap<>(additions);
        more.put((byte) number, value);
        additions = more;
    }

    /**
     * Takes over the additions of the object of which this one is a copy or the successor, known or not.
     *
     * @param other that object
     */
    protected final void keepAdditionsOf(GrowingType other) {
        additions = other.additions;
    }

    /**
     * Takes over those additions of another object of which this one has none: of the one that was kept beside it while a
     * cluster was cut in two, say.
     *
     * @param other that object
     */
    protected final void keepAdditionsOfBoth(GrowingType other) {
        if (!other.additions.isEmpty()) {
            Map<Byte, byte[]> all = new TreeMap<>(other.additions);
            all.putAll(additions);
            additions = all;
        }
    }

    @Override
    public final void writeData(ObjectDataOutput out) throws IOException {
        if (additions.isEmpty()) {
            out.writeByte(FIELDS_ONLY);
        } else {
            out.writeByte(ADDITIONS_FIRST);
            writeAdditions(out);
        }
        writeFields(out);
    }

    @Override
    public final void readData(ObjectDataInput in) throws IOException {
        byte form = in.readByte();
        switch (form) {
            case FIELDS_ONLY -> additions = Map.of();
            case ADDITIONS_FIRST -> additions = readAdditions(in);
            default ->
                throw new IOException(
                        getClass().getSimpleName() + " in the form " + form + ", which this release does not know");
        }
        readFields(in);
    }

    private void writeAdditions(ObjectDataOutput out) throws IOException {
        out.writeByte(additions.size());
        for (Map.Entry<Byte, byte[]> each : additions.entrySet()) {
            out.writeByte(each.getKey());
            out.writeByteArray(each.getValue());
        }
    }

    private static Map<Byte, byte[]> readAdditions(ObjectDataInput in) throws IOException {
        Map<Byte, byte[]> read = new TreeMap<>();
        int count = in.readByte();
        if (count <= 0) {
            throw new IOException("the number of additions was " + count);
        }
        for (int i = 0; i < count; i++) {
            byte number = in.readByte();
            byte[] value = in.readByteArray();
            if (value == null) {
                throw new IOException("an addition without bytes");
            }
            read.put(number, value);
        }
        return read;
    }
}
