package io.flotilla.spi.codec;

import io.flotilla.codec.ClassRefusedException;
import io.flotilla.codec.ValueCodec.Coder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.ConcurrentModificationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Writes the values of one application: the format, then what its coder writes. */
final class ValueWriter {
    private static final int INITIAL_BUFFER = 256;
    private static final int TRIES_WHILE_MODIFIED = 50;
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);

    private final CodecSettings settings;
    private final int format;
    private final Coder coder;

    ValueWriter(CodecSettings settings, Coder coder) {
        this.settings = settings;
        this.format = settings.codec().format();
        this.coder = coder;
    }

    /** The bytes of a value; null if another thread has been changing it for about 100 ms. */
    byte @Nullable [] tryEncode(Object value) throws UnstorableException {
        for (int attempt = 1; attempt <= TRIES_WHILE_MODIFIED; attempt++) {
            try {
                return encode(value);
            } catch (ConcurrentModificationException modified) {
                LockSupport.parkNanos(Math.min(LONGEST_PAUSE, attempt * FIRST_PAUSE));
            } catch (ClassRefusedException refused) {
                throw new UnstorableException(settings.isRefused(refused), refused);
            } catch (NotSerializableException refused) {
                throw notSerializable(refused);
            } catch (StackOverflowError deep) {
                throw new UnstorableException("it is nested too deeply", deep);
            } catch (IOException | RuntimeException failure) {
                throw new UnstorableException(
                        "the serialization of class " + value.getClass().getName() + " failed", failure);
            }
        }
        return null;
    }

    private byte[] encode(Object value) throws IOException {
        byte[] plain = PlainValues.encode(value);
        if (plain != null) {
            return plain;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BUFFER);
        bytes.write(format);
        coder.encode(value, bytes);
        return bytes.toByteArray();
    }

    private static UnstorableException notSerializable(NotSerializableException refused) {
        return new UnstorableException(
                "class " + refused.getMessage()
                        + " is not serializable; implement java.io.Serializable, or make the field"
                        + " that holds it transient",
                refused);
    }
}
