package io.flotilla.codec;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A way to turn an application's values, such as session attributes, into bytes and back: Java serialization unless the
 * setting {@code codec} of the module that stores them says otherwise. Texts, numbers and the like ({@code String}, {@code
 * Integer}, {@code UUID}, {@code Instant}, …) never reach a codec: they have a compact form of their own.
 *
 * <p>A farm changes its codec in two rolling restarts: first every node learns to read the new format
 * ({@code alsoReads}), then every node writes it ({@code codec}). Java serialization can always be read.
 *
 * <p>Thread-safe, and without state that refers to an application's classes: that belongs into the {@link Coder}.
 *
 * @since 0.1
 */
public interface ValueCodec {

    /** The first {@link #format()} that is free for codecs which are not part of Flotilla: {@value}. */
    int FIRST_FREE_FORMAT = 64;

    /** The last {@link #format()} that is free for codecs which are not part of Flotilla: {@value}. */
    int LAST_FREE_FORMAT = 127;

    /**
     * Returns the number that is stored in front of each value and says which codec reads it. It must never change, and no
     * two codecs of one farm may share it.
     *
     * @return {@value #FIRST_FREE_FORMAT} to {@value #LAST_FREE_FORMAT}; smaller ones are Flotilla's own
     */
    int format();

    /**
     * Whether what this codec writes of an object follows from its fields that are not {@code transient}, from the elements
     * of the platform's collections and from nothing else, unless its class says how it is serialized ({@code writeObject},
     * {@code writeReplace}, {@code Externalizable}). An object whose fields are what they were need not be serialized then
     * to learn that it has not changed, which is much faster. Not so for codecs that write what getters return.
     *
     * @return false unless a codec says otherwise
     */
    default boolean writesFields() {
        return false;
    }

    /**
     * Makes the part of this codec that works for one application. It is dropped when the application ends, so that it may
     * keep what it has learned of the application's classes; nothing else may.
     *
     * @param classes the application's classes
     * @return the coder
     */
    Coder forApplication(ApplicationClasses classes);

    /** A codec at work in one application. Thread-safe. */
    interface Coder {

        /**
         * Writes a value. The same value, unchanged, gives the same bytes in one JVM: changes inside an object are found
         * by comparing them.
         *
         * @param value the value, never null
         * @param out where to write; need not be closed
         * @throws IOException if the value cannot be written; a {@link java.io.NotSerializableException} has the name of
         *     the class to blame as its message
         * @throws java.util.ConcurrentModificationException if the value is being changed by another thread: it is tried
         *     again
         */
        void encode(Object value, OutputStream out) throws IOException;

        /**
         * Reads a value.
         *
         * @param bytes holds what {@link #encode} wrote, from an index to the end; must not be modified or kept
         * @param from that index
         * @return the value
         * @throws ClassRefusedException if a class is not {@linkplain ApplicationClasses#allows allowed}; to be checked
         *     before the class is loaded
         * @throws ClassNotFoundException if a class is missing, with its name as the message
         * @throws java.io.InvalidClassException if a class has changed incompatibly
         * @throws IOException if the bytes make no value
         */
        Object decode(byte[] bytes, int from) throws IOException, ClassNotFoundException;
    }
}
