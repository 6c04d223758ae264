package io.flotilla.spi.codec;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ValueCodec.Coder;
import org.jspecify.annotations.Nullable;

/**
 * All formats in which one application's values may be stored, and the one in which they are written. The first byte of a
 * value names its format. Thread-safe; keeps no value, and of the application what its codecs have learned: to be dropped
 * with it.
 *
 * @since 0.1
 */
public final class ValueFormats {
    private final ValueWriter writer;
    private final ValueReader reader;
    private final boolean writesFields;

    private ValueFormats(CodecSettings settings, ApplicationClasses classes) {
        Coder own = settings.codec().forApplication(classes);
        this.writer = new ValueWriter(settings, own);
        this.reader = new ValueReader(settings, own, classes);
        this.writesFields = settings.codec().writesFields();
    }

    /**
     * Makes the formats of one application.
     *
     * @param settings how values are written and read
     * @param loader the application's, or null for the SDK's own, which is also asked for what the other does not know
     * @return the formats
     */
    public static ValueFormats of(CodecSettings settings, @Nullable ClassLoader loader) {
        return new ValueFormats(settings, FoundClasses.of(loader, new ClassRules(settings.allowClasses())));
    }

    /**
     * Tells whether an object whose fields are the same has the same bytes: see {@link
     * io.flotilla.codec.ValueCodec#writesFields}.
     *
     * @return true if it has
     */
    public boolean writesFields() {
        return writesFields;
    }

    /**
     * Writes a value. If another thread is changing it, tries again for about 100 ms, which the caller waits.
     *
     * @param value the value, never null
     * @return its bytes
     * @throws UnstorableException if it cannot be stored
     */
    public byte[] encode(Object value) throws UnstorableException {
        byte[] bytes = tryEncode(value);
        if (bytes == null) {
            throw new UnstorableException("it is modified all the time", null);
        }
        return bytes;
    }

    /**
     * Writes a value that the application may be changing just now, in another thread. Tries as long as {@link #encode}.
     *
     * @param value the value, never null
     * @return its bytes, or null if it was being changed all the time
     * @throws UnstorableException if it cannot be stored
     */
    public byte @Nullable [] tryEncode(Object value) throws UnstorableException {
        return writer.tryEncode(value);
    }

    /**
     * Reads a value.
     *
     * @param bytes what {@link #encode} gave, here or on another node; not modified or kept
     * @return the value
     * @throws UnreadableException if they make no value here
     */
    public Object decode(byte[] bytes) throws UnreadableException {
        return reader.decode(bytes);
    }
}
