package io.flotilla.spi.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The compact form of the commonest immutable values: the format, a letter for the type, the content, big-endian. Java
 * serialization of an {@code Integer} is 81 bytes, this is 6. The letters are wire format and never change their meaning.
 */
final class PlainValues {
    static final int FORMAT = 2;

    private static final int HEADER = 2;
    private static final byte LATIN_TEXT = 's';
    private static final byte TEXT = 'S';
    private static final byte TRUE = 'T';
    private static final byte FALSE = 'F';
    private static final byte CHARACTER = 'c';
    private static final byte BYTE = 'b';
    private static final byte SHORT = 'h';
    private static final byte INTEGER = 'i';
    private static final byte LONG = 'l';
    private static final byte FLOAT = 'f';
    private static final byte DOUBLE = 'd';
    private static final byte UNIVERSAL_ID = 'u';
    private static final byte INSTANT = 't';
    private static final byte DATE = 'D';

    private PlainValues() {}

    /** The bytes of a value of one of these types; null for any other value. */
    static byte @Nullable [] encode(Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Integer number) {
            return of(INTEGER, Integer.BYTES).putInt(number).array();
        }
        if (value instanceof Long number) {
            return of(LONG, Long.BYTES).putLong(number).array();
        }
        if (value instanceof Boolean truth) {
            return of(truth ? TRUE : FALSE, 0).array();
        }
        return seldom(value);
    }

    private static byte @Nullable [] seldom(Object value) {
        if (value instanceof Double number) {
            return of(DOUBLE, Double.BYTES).putDouble(number).array();
        }
        if (value instanceof Float number) {
            return of(FLOAT, Float.BYTES).putFloat(number).array();
        }
        if (value instanceof Short number) {
            return of(SHORT, Short.BYTES).putShort(number).array();
        }
        if (value instanceof Byte number) {
            return of(BYTE, Byte.BYTES).put(number).array();
        }
        if (value instanceof Character letter) {
            return of(CHARACTER, Character.BYTES).putChar(letter).array();
        }
        if (value instanceof UUID id) {
            return of(UNIVERSAL_ID, 2 * Long.BYTES)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .array();
        }
        if (value instanceof Instant time) {
            return of(INSTANT, Long.BYTES + Integer.BYTES)
                    .putLong(time.getEpochSecond())
                    .putInt(time.getNano())
                    .array();
        }
        if (value instanceof LocalDate date) {
            return of(DATE, Long.BYTES).putLong(date.toEpochDay()).array();
        }
        return null;
    }

    private static ByteBuffer of(byte type, int length) {
        return ByteBuffer.allocate(HEADER + length).put((byte) FORMAT).put(type);
    }

    /** As the JVM keeps it: one byte for each character if all fit, else two. UTF-8 would lose unpaired surrogates. */
    @SuppressWarnings("deprecation") // the only way to take the characters' low bytes without a copy in between
    private static byte[] text(String text) {
        boolean latin = isLatin(text);
        int length = text.length();
        byte[] bytes = new byte[HEADER + Math.multiplyExact(length, latin ? 1 : Character.BYTES)];
        bytes[0] = FORMAT;
        bytes[1] = latin ? LATIN_TEXT : TEXT;
        if (latin) {
            text.getBytes(0, length, bytes, HEADER);
        } else {
            ByteBuffer.wrap(bytes, HEADER, bytes.length - HEADER).asCharBuffer().put(text);
        }
        return bytes;
    }

    private static boolean isLatin(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    static Object decode(byte[] bytes) {
        if (bytes.length < HEADER) {
            throw new IllegalArgumentException("no type");
        }
        ByteBuffer content = ByteBuffer.wrap(bytes, HEADER, bytes.length - HEADER);
        int length = content.remaining();
        return switch (bytes[1]) {
            case LATIN_TEXT -> new String(bytes, HEADER, length, StandardCharsets.ISO_8859_1);
            case TEXT -> wideText(content);
            case INTEGER -> exactly(Integer.BYTES, content).getInt();
            case LONG -> exactly(Long.BYTES, content).getLong();
            case TRUE, FALSE -> {
                exactly(0, content);
                yield bytes[1] == TRUE;
            }
            case DOUBLE -> exactly(Double.BYTES, content).getDouble();
            case FLOAT -> exactly(Float.BYTES, content).getFloat();
            case SHORT -> exactly(Short.BYTES, content).getShort();
            case BYTE -> exactly(Byte.BYTES, content).get();
            case CHARACTER -> exactly(Character.BYTES, content).getChar();
            case UNIVERSAL_ID -> {
                exactly(2 * Long.BYTES, content);
                yield new UUID(content.getLong(), content.getLong());
            }
            case INSTANT -> instant(exactly(Long.BYTES + Integer.BYTES, content));
            case DATE -> date(exactly(Long.BYTES, content));
            default -> throw new IllegalArgumentException("type " + bytes[1]);
        };
    }

    private static String wideText(ByteBuffer content) {
        if (content.remaining() % Character.BYTES != 0) {
            throw new IllegalArgumentException("half a character");
        }
        return content.asCharBuffer().toString();
    }

    private static Instant instant(ByteBuffer content) {
        try {
            return Instant.ofEpochSecond(content.getLong(), content.getInt());
        } catch (DateTimeException | ArithmeticException outside) {
            throw new IllegalArgumentException("no time", outside);
        }
    }

    private static LocalDate date(ByteBuffer content) {
        try {
            return LocalDate.ofEpochDay(content.getLong());
        } catch (DateTimeException outside) {
            throw new IllegalArgumentException("no date", outside);
        }
    }

    private static ByteBuffer exactly(int length, ByteBuffer content) {
        if (content.remaining() != length) {
            throw new IllegalArgumentException("of " + content.remaining() + " bytes, not " + length);
        }
        return content;
    }
}
