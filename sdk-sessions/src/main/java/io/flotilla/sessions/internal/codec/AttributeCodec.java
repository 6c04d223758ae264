package io.flotilla.sessions.internal.codec;

import io.flotilla.ClusterDataException;
import io.flotilla.sessions.ClassRefusedException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.ConcurrentModificationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Attribute values to bytes and back, for one web application. Thread-safe; keeps no value. */
public final class AttributeCodec {
    private static final int TRIES_WHILE_MODIFIED = 50;
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);

    private final Formats formats;
    private final Quarantine quarantine;
    private final boolean writesFields;

    /**
     * Creates the codec.
     *
     * @param loader the web application's, or null for this module's own
     */
    public AttributeCodec(CodecConfig config, @Nullable ClassLoader loader, Quarantine quarantine) {
        this.formats = new Formats(config, FoundClasses.of(loader, new ClassRules(config.allowClasses())));
        this.quarantine = quarantine;
        this.writesFields = config.codec().writesFields();
    }

    /** Whether an object whose fields are the same has the same bytes. */
    public boolean writesFields() {
        return writesFields;
    }

    /**
     * The bytes of a value that the application has set.
     *
     * @throws ClusterDataException if it cannot be stored
     */
    public byte[] encode(String name, Object value) {
        byte[] bytes = tryEncode(name, value);
        if (bytes == null) {
            throw new ClusterDataException(cannotBeStored(name) + "it is modified all the time", null);
        }
        return bytes;
    }

    /**
     * The bytes of a value that the application may be changing just now, in another thread; null if it still does so after
     * about 100 ms.
     *
     * @throws ClusterDataException if it cannot be stored
     */
    public byte @Nullable [] tryEncode(String name, Object value) {
        for (int attempt = 1; attempt <= TRIES_WHILE_MODIFIED; attempt++) {
            try {
                return formats.encode(value);
            } catch (ConcurrentModificationException modified) {
                LockSupport.parkNanos(Math.min(LONGEST_PAUSE, attempt * FIRST_PAUSE));
            } catch (ClassRefusedException refused) {
                throw new ClusterDataException(cannotBeStored(name) + Formats.isRefused(refused), refused);
            } catch (NotSerializableException refused) {
                throw new ClusterDataException(
                        cannotBeStored(name) + "class " + refused.getMessage()
                                + " is not serializable; implement java.io.Serializable, or make the field that holds it"
                                + " transient",
                        refused);
            } catch (StackOverflowError deep) {
                throw new ClusterDataException(cannotBeStored(name) + "it is nested too deeply", deep);
            } catch (IOException | RuntimeException failure) {
                throw new ClusterDataException(
                        cannotBeStored(name) + "the serialization of class "
                                + value.getClass().getName() + " failed",
                        failure);
            }
        }
        return null;
    }

    private static String cannotBeStored(String name) {
        return "session attribute '" + name + "' cannot be stored: ";
    }

    /**
     * The value that an application gets: null, or what the policy throws, if the bytes cannot be read. They must stay as
     * they are then, until the application sets or removes the attribute.
     */
    public @Nullable Object read(String name, byte[] bytes) {
        try {
            return formats.decode(bytes);
        } catch (UnreadableException why) {
            quarantine.take(name, why);
            return null;
        }
    }

    /**
     * The value of the bytes.
     *
     * @throws ClusterDataException if they cannot be read
     */
    public Object decode(String name, byte[] bytes) {
        try {
            return formats.decode(bytes);
        } catch (UnreadableException why) {
            throw failure(name, why);
        }
    }

    static ClusterDataException failure(String name, UnreadableException why) {
        return new ClusterDataException(
                "session attribute '" + name + "' cannot be read: " + why.getMessage(), why.getCause());
    }
}
