package io.flotilla.sessions.internal.codec;

import io.flotilla.ClusterDataException;
import io.flotilla.spi.codec.CodecSettings;
import io.flotilla.spi.codec.UnreadableException;
import io.flotilla.spi.codec.UnstorableException;
import io.flotilla.spi.codec.ValueFormats;
import org.jspecify.annotations.Nullable;

/** Attribute values to bytes and back, for one web application. Thread-safe; keeps no value. */
public final class AttributeCodec {
    private final ValueFormats formats;
    private final Quarantine quarantine;

    /**
     * Creates the codec.
     *
     * @param loader the web application's, or null for the SDK's own
     */
    public AttributeCodec(CodecSettings settings, @Nullable ClassLoader loader, Quarantine quarantine) {
        this.formats = ValueFormats.of(settings, loader);
        this.quarantine = quarantine;
    }

    /** Whether an object whose fields are the same has the same bytes. */
    public boolean writesFields() {
        return formats.writesFields();
    }

    /**
     * The bytes of a value that the application has set.
     *
     * @throws ClusterDataException if it cannot be stored
     */
    public byte[] encode(String name, Object value) {
        try {
            return formats.encode(value);
        } catch (UnstorableException why) {
            throw cannotBeStored(name, why);
        }
    }

    /**
     * The bytes of a value that the application may be changing just now, in another thread; null if it still does so after
     * about 100 ms.
     *
     * @throws ClusterDataException if it cannot be stored
     */
    public byte @Nullable [] tryEncode(String name, Object value) {
        try {
            return formats.tryEncode(value);
        } catch (UnstorableException why) {
            throw cannotBeStored(name, why);
        }
    }

    private static ClusterDataException cannotBeStored(String name, UnstorableException why) {
        return new ClusterDataException(
                "session attribute '" + name + "' cannot be stored: " + why.getMessage(), why.getCause());
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
            throw cannotBeRead(name, why);
        }
    }

    static ClusterDataException cannotBeRead(String name, UnreadableException why) {
        return new ClusterDataException(
                "session attribute '" + name + "' cannot be read: " + why.getMessage(), why.getCause());
    }
}
