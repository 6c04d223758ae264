package io.flotilla.spi;

/**
 * Serializer factory ids, one for each module: part of the wire format, never changed and never used again for something
 * else.
 *
 * @since 0.1
 */
public final class FactoryIds {
    /** Types of core. */
    public static final int CORE = 7_000;
    /** Types of the sessions module. */
    public static final int SESSIONS = 7_100;
    /** Types of the cache module. */
    public static final int CACHE = 7_200;
    /** Types of the storage module. */
    public static final int STORAGE = 7_300;
    /** Types of the health module. */
    public static final int HEALTH = 7_400;

    private FactoryIds() {}
}
