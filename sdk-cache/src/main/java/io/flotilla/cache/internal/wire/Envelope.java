package io.flotilla.cache.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A value as the second tier keeps it: bytes that only readers look into, but for numbers.
 *
 * <pre>
 * format 1, kind, epoch (8), time to live in milliseconds (8), load time in microseconds (4), validator, count of tags (2),
 * for each tag: name, generation (8); then the value up to the end.
 * Texts: length (4) and UTF-8; a validator that is missing has length -1.
 * </pre>
 *
 * @param kind what the value is
 * @param value the value's bytes; empty for nothing
 * @param facts what is known of it
 */
public record Envelope(Kind kind, byte[] value, Facts facts) {
    private static final byte FORMAT = 1;
    private static final int LENGTH_OF_HEAD = 2 + 8 + 8 + 4;
    private static final Kind[] KINDS = Kind.values();

    /** Kinds of values. Their order is part of the wire format. */
    public enum Kind {
        /** It is known that there is nothing. */
        NOTHING,
        /** A number, as eight bytes, to which an owner can add. */
        NUMBER,
        /** Anything else, as the value formats write it. */
        VALUE
    }

    /** A tag, and its generation when the value was made. */
    public record Tag(String name, long generation) {}

    /**
     * What is known of a value.
     *
     * @param epoch the generation of the whole cache when the value was made
     * @param ttl for how many milliseconds it was to be fresh then
     * @param loadMicros how long it took to load; 0 if it was put
     * @param validator what the origin knows this version of the value by; null for none
     * @param tags the tags with their generations then
     */
    public record Facts(
            long epoch, long ttl, int loadMicros, @Nullable String validator, List<Tag> tags) {

        /** What is known of a value that is put. */
        public static Facts ofPut(long epoch, long ttl, List<Tag> tags) {
            return new Facts(epoch, ttl, 0, null, tags);
        }

        public Envelope with(Kind kind, byte[] value) {
            return new Envelope(kind, value, this);
        }
    }

    public byte[] toBytes() {
        byte[] mark = facts.validator() == null ? null : utf(facts.validator());
        List<byte[]> names = facts.tags().stream().map(each -> utf(each.name())).toList();
        int length = LENGTH_OF_HEAD + 4 + (mark == null ? 0 : mark.length) + 2 + value.length;
        length += names.stream().mapToInt(each -> 4 + each.length + 8).sum();
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put(FORMAT).put(Fields.code(KINDS, kind));
        out.putLong(facts.epoch()).putLong(facts.ttl()).putInt(facts.loadMicros());
        if (mark == null) {
            out.putInt(-1);
        } else {
            out.putInt(mark.length).put(mark);
        }
        out.putShort((short) names.size());
        for (int i = 0; i < names.size(); i++) {
            out.putInt(names.get(i).length).put(names.get(i));
            out.putLong(facts.tags().get(i).generation());
        }
        return out.put(value).array();
    }

    /** Null if a later release has written it in a form that this one does not know. */
    public static @Nullable Envelope of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.get() != FORMAT) {
            return null;
        }
        int kind = in.get();
        if (kind < 0 || kind >= KINDS.length) {
            return null;
        }
        Facts facts = new Facts(in.getLong(), in.getLong(), in.getInt(), text(in), tags(in));
        byte[] value = Arrays.copyOfRange(bytes, in.position(), bytes.length);
        return new Envelope(KINDS[kind], value, facts);
    }

    private static List<Tag> tags(ByteBuffer in) {
        int count = in.getShort();
        List<Tag> tags = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = text(in);
            tags.add(new Tag(name == null ? "" : name, in.getLong()));
        }
        return List.copyOf(tags);
    }

    /** Whether a value was made in that generation of its cache. */
    static boolean isOf(long epoch, byte[] bytes) {
        return bytes[0] == FORMAT && ByteBuffer.wrap(bytes).getLong(2) == epoch;
    }

    /** Whether a value says that there is nothing. */
    static boolean isNothing(byte @Nullable [] bytes) {
        return bytes != null && bytes[0] == FORMAT && bytes[1] == Fields.code(KINDS, Kind.NOTHING);
    }

    static OptionalLong number(byte[] bytes) {
        return bytes[0] == FORMAT && bytes[1] == Fields.code(KINDS, Kind.NUMBER)
                ? OptionalLong.of(ByteBuffer.wrap(bytes).getLong(bytes.length - Long.BYTES))
                : OptionalLong.empty();
    }

    static byte[] withNumber(byte[] bytes, long number) {
        byte[] other = bytes.clone();
        ByteBuffer.wrap(other).putLong(bytes.length - Long.BYTES, number);
        return other;
    }

    /** The bytes of a number. */
    public static byte[] numberBytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** The number that the value is. */
    public long number() {
        return ByteBuffer.wrap(value).getLong();
    }

    private static byte[] utf(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String text(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0) {
            return null;
        }
        byte[] utf = new byte[length];
        in.get(utf);
        return new String(utf, StandardCharsets.UTF_8);
    }
}
