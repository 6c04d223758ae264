package io.flotilla.cache.internal.tier;

/** How values are serialized. Thread-safe. */
public interface Values {

    /**
     * The bytes of a value.
     *
     * @param what what it is, for messages
     * @throws io.flotilla.ClusterDataException if it cannot be serialized
     */
    byte[] encode(String what, Object value);

    /**
     * The value of bytes.
     *
     * @param what what it is, for messages
     * @throws io.flotilla.ClusterDataException if they cannot be read
     */
    Object decode(String what, byte[] bytes);
}
