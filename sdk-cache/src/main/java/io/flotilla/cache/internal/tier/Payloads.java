package io.flotilla.cache.internal.tier;

import io.flotilla.ClusterDataException;
import io.flotilla.cache.internal.wire.Envelope;
import io.flotilla.spi.codec.UnreadableException;
import io.flotilla.spi.codec.UnstorableException;
import io.flotilla.spi.codec.ValueFormats;
import org.jspecify.annotations.Nullable;

/**
 * Turns the values of one cache into what the tiers keep, and back. Thread-safe.
 *
 * @param <V> the type of the values
 */
public final class Payloads<V> {
    private static final byte[] NONE = new byte[0];

    private final String cache;
    private final Class<V> type;
    private final ValueFormats values;
    private final boolean copies;

    /**
     * @param copies whether each reader gets an object of its own
     */
    public Payloads(String cache, Class<V> type, ValueFormats values, boolean copies) {
        this.cache = cache;
        this.type = type;
        this.values = values;
        this.copies = copies;
    }

    /**
     * A value on its way into the tiers.
     *
     * @param value null for nothing
     * @throws ClusterDataException if it cannot be serialized
     */
    public Envelope envelope(@Nullable V value, Envelope.Facts facts) {
        if (value == null) {
            return facts.with(Envelope.Kind.NOTHING, NONE);
        }
        if (value instanceof Long number) {
            return facts.with(Envelope.Kind.NUMBER, Envelope.numberBytes(number));
        }
        return facts.with(Envelope.Kind.VALUE, encode(value));
    }

    private byte[] encode(V value) {
        try {
            return values.encode(value);
        } catch (UnstorableException why) {
            throw new ClusterDataException(
                    "a value of cache '" + cache + "' cannot be stored: " + why.getMessage(), why.getCause());
        }
    }

    /** What is near of a value that has just been written: the writer's own object, unless readers get copies. */
    public Held<V> held(String key, Envelope envelope, @Nullable V value) {
        boolean asBytes = copies && envelope.kind() == Envelope.Kind.VALUE;
        return new Held<>(
                asBytes ? null : value,
                asBytes ? envelope.value() : null,
                envelope.facts(),
                Held.weight(key, envelope.value().length));
    }

    /**
     * A value from the second tier; null if this release cannot read it, or it is of another type, which is as if it was
     * not there.
     */
    @Nullable
    Held<V> held(String key, byte[] bytes) {
        Envelope envelope = Envelope.of(bytes);
        if (envelope == null) {
            return null;
        }
        try {
            return held(key, envelope, decode(envelope));
        } catch (ClusterDataException | ClassCastException unreadable) {
            return null;
        }
    }

    /** The value of an envelope; null for nothing. */
    @Nullable
    V decode(Envelope envelope) {
        return switch (envelope.kind()) {
            case NOTHING -> null;
            case NUMBER -> type.cast(envelope.number());
            case VALUE -> read(envelope.value());
        };
    }

    /** The value for one reader; null for nothing. */
    public @Nullable V valueOf(Held<V> held) {
        byte[] bytes = held.bytes();
        return bytes == null ? held.value() : read(bytes);
    }

    private V read(byte[] bytes) {
        try {
            return type.cast(values.decode(bytes));
        } catch (UnreadableException why) {
            throw new ClusterDataException(
                    "a value of cache '" + cache + "' cannot be read: " + why.getMessage(), why.getCause());
        }
    }
}
