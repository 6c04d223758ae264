package io.flotilla.spi.codec;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ClassRefusedException;
import io.flotilla.codec.UnreadableReason;
import io.flotilla.codec.ValueCodec;
import io.flotilla.codec.ValueCodec.Coder;
import java.io.IOException;
import java.io.InvalidClassException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the values of one application, in all formats that it knows. */
final class ValueReader {
    private final CodecSettings settings;
    private final Map<Integer, Coder> coders = new HashMap<>();

    ValueReader(CodecSettings settings, Coder own, ApplicationClasses classes) {
        this.settings = settings;
        coders.put(JavaCodec.FORMAT, new JavaCoder(classes));
        for (ValueCodec each : settings.alsoReads()) {
            coders.put(each.format(), each.forApplication(classes));
        }
        coders.put(settings.codec().format(), own);
    }

    Object decode(byte[] bytes) throws UnreadableException {
        if (bytes.length == 0) {
            throw corrupt(null);
        }
        if (bytes[0] == PlainValues.FORMAT) {
            return plain(bytes);
        }
        Coder coder = coders.get((int) bytes[0]);
        if (coder == null) {
            throw new UnreadableException(
                    UnreadableReason.UNKNOWN_FORMAT,
                    null,
                    "it was written in format " + bytes[0] + ", which this node does not know; name its codec in "
                            + settings.module() + ".alsoReads",
                    null);
        }
        return decode(coder, bytes);
    }

    private static Object plain(byte[] bytes) throws UnreadableException {
        try {
            return PlainValues.decode(bytes);
        } catch (IllegalArgumentException none) {
            throw corrupt(none);
        }
    }

    private Object decode(Coder coder, byte[] bytes) throws UnreadableException {
        try {
            Object value = coder.decode(bytes, 1);
            if (value != null) {
                return value;
            }
        } catch (ClassRefusedException refused) {
            throw new UnreadableException(
                    UnreadableReason.REFUSED, refused.classname, settings.isRefused(refused), refused);
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

    private static UnreadableException missing(Throwable cause) {
        String name = String.valueOf(cause.getMessage()).replace('/', '.');
        return new UnreadableException(
                UnreadableReason.MISSING_CLASS, name, "class " + name + " is not in this application", cause);
    }

    private static UnreadableException changed(@Nullable String className, Throwable cause) {
        String which = className == null ? "its class" : "class " + className;
        return new UnreadableException(
                UnreadableReason.CHANGED_CLASS, className, which + " has changed incompatibly", cause);
    }

    private static UnreadableException corrupt(@Nullable Throwable cause) {
        return new UnreadableException(
                UnreadableReason.CORRUPT, null, "its bytes are damaged, or the code of its class fails on them", cause);
    }
}
