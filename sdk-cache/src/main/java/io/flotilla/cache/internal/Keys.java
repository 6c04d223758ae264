package io.flotilla.cache.internal;

import static java.util.Objects.requireNonNull;

import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.spi.Check;
import java.util.Set;
import java.util.UUID;

/** The keys of one cache as text: on the wire a key must be the same on all members, whatever their class loaders. */
final class Keys<K> {
    private static final int LONGEST = 4_096;
    private static final Set<Class<?>> TYPES =
            Set.of(String.class, Integer.class, Long.class, Short.class, Boolean.class, Character.class, UUID.class);

    private final String cache;
    private final Class<K> type;

    /** @throws IllegalArgumentException if the type is none that keys can have */
    Keys(String cache, Class<K> type) {
        Check.that(
                TYPES.contains(type) || type.isEnum(),
                "cache.keys of '%s' must be of String, Integer, Long, Short, Boolean, Character, UUID or an enum (make a"
                        + " text of other keys), was %s",
                cache,
                type.getName());
        this.cache = cache;
        this.type = type;
    }

    Class<K> type() {
        return type;
    }

    CacheKey of(K key) {
        requireNonNull(key, "key");
        if (!type.isInstance(key)) {
            throw new ClassCastException("keys of cache '" + cache + "' are of " + type.getName() + ", was of "
                    + key.getClass().getName());
        }
        String text = key instanceof Enum<?> constant ? constant.name() : key.toString();
        Check.that(
                text.length() <= LONGEST,
                "cache.key of '%s' must have at most %d characters, was one of %d",
                cache,
                LONGEST,
                text.length());
        return new CacheKey(cache, text);
    }
}
