package io.flotilla.sessions.internal.codec;

import io.flotilla.sessions.ApplicationClasses;
import io.flotilla.sessions.ClassRefusedException;
import io.flotilla.sessions.SessionCodec;
import io.flotilla.sessions.SessionCodec.Coder;
import io.flotilla.sessions.UnreadableAttribute.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All formats that one web application can read, and the one that it writes. The first byte of a value names its format. */
final class Formats {
    private static final int INITIAL_BUFFER = 256;

    private final Map<Integer, Coder> readers = new HashMap<>();
    private final Coder writer;
    private final int format;

    Formats(CodecConfig config, ApplicationClasses classes) {
        format = config.codec().format();
        writer = config.codec().forApplication(classes);
        readers.put(JavaCodec.FORMAT, new JavaCoder(classes));
        for (SessionCodec each : config.alsoReads()) {
            readers.put(each.format(), each.forApplication(classes));
        }
        readers.put(format, writer);
    }

    byte[] encode(Object value) throws IOException {
        byte[] plain = PlainValues.encode(value);
        if (plain != null) {
            return plain;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BUFFER);
        bytes.write(format);
        writer.encode(value, bytes);
        return bytes.toByteArray();
    }

    Object decode(byte[] bytes) throws UnreadableException {
        if (bytes.length == 0) {
            throw corrupt(null);
        }
        if (bytes[0] == PlainValues.FORMAT) {
            return plain(bytes);
        }
        Coder reader = readers.get((int) bytes[0]);
        if (reader == null) {
            throw new UnreadableException(
                    Reason.UNKNOWN_FORMAT,
                    null,
                    "it was written in format " + bytes[0] + ", which this node does not know; name its codec in"
                            + " sessions.alsoReads",
                    null);
        }
        return decode(reader, bytes);
    }

    private static Object plain(byte[] bytes) throws UnreadableException {
        try {
            return PlainValues.decode(bytes);
        } catch (IllegalArgumentException none) {
            throw corrupt(none);
        }
    }

    private static Object decode(Coder reader, byte[] bytes) throws UnreadableException {
        try {
            Object value = reader.decode(bytes, 1);
            if (value != null) {
                return value;
            }
        } catch (ClassRefusedException refused) {
            throw new UnreadableException(Reason.REFUSED, refused.classname, isRefused(refused), refused);
        } catch (ClassNotFoundException | NoClassDefFoundError missing) {
            throw missing(missing);
        } catch (InvalidClassException changed) {
            throw changed(changed.classname, changed);
        } catch (ClassCastException | LinkageError changed) {
            throw changed(null, changed);
        } catch (IOException | RuntimeException | StackOverflowError failure) {
            throw corrupt(failure);
        }
        throw corrupt(null); // a lone null is written by nobody
    }

    static String isRefused(ClassRefusedException refused) {
        return "class " + refused.classname + " is refused; sessions.allowClasses says which are not";
    }

    private static UnreadableException missing(Throwable cause) {
        String name = String.valueOf(cause.getMessage()).replace('/', '.');
        return new UnreadableException(
                Reason.MISSING_CLASS, name, "class " + name + " is not in this application", cause);
    }

    private static UnreadableException changed(@Nullable String className, Throwable cause) {
        String which = className == null ? "its class" : "class " + className;
        return new UnreadableException(Reason.CHANGED_CLASS, className, which + " has changed incompatibly", cause);
    }

    private static UnreadableException corrupt(@Nullable Throwable cause) {
        return new UnreadableException(
                Reason.CORRUPT, null, "its bytes are damaged, or the code of its class fails on them", cause);
    }
}
