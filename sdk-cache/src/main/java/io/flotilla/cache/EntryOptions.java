package io.flotilla.cache;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a value that is put. Immutable.
 *
 * @since 0.1
 */
public final class EntryOptions {
    /** Nothing said: the cache's own settings, and no tags. */
    public static final EntryOptions DEFAULT = new EntryOptions(null, Set.of());

    private final @Nullable Duration ttl;
    private final Set<String> tags;

    private EntryOptions(@Nullable Duration ttl, Set<String> tags) {
        this.ttl = ttl;
        this.tags = tags;
    }

    /**
     * How long the value is fresh.
     *
     * @param ttl 1 ms to 10 years
     * @return these options with that
     */
    public EntryOptions ttl(Duration ttl) {
        return new EntryOptions(requireNonNull(ttl, "ttl"), tags);
    }

    /**
     * Tags the value, by which it can be invalidated together with others.
     *
     * @param tags tags, of 1 to 200 characters; at most 100 a value
     * @return these options with these tags and no others
     */
    public EntryOptions tags(String... tags) {
        return new EntryOptions(ttl, Set.copyOf(List.of(tags)));
    }

    /**
     * Returns how long the value is fresh.
     *
     * @return empty for the cache's own setting
     */
    public Optional<Duration> ttl() {
        return Optional.ofNullable(ttl);
    }

    /**
     * Returns the value's tags.
     *
     * @return the tags
     */
    public Set<String> tags() {
        return tags;
    }
}
