package io.flotilla.cache.internal.load;

import io.flotilla.spi.Check;
import java.util.Set;

/** What tags there can be. */
public final class Tags {
    private static final int LONGEST = 200;
    private static final int MOST = 100;

    private Tags() {}

    /**
     * Checks tags.
     *
     * @throws IllegalArgumentException if one of the tags is none, or there are too many
     */
    public static Set<String> checked(Set<String> tags) {
        Check.that(tags.size() <= MOST, "cache.tags must be at most %d a value, was %d", MOST, tags.size());
        for (String each : tags) {
            Check.that(
                    !each.isEmpty() && each.length() <= LONGEST,
                    "cache.tags must have 1 to %d characters, was one of %d",
                    LONGEST,
                    each.length());
        }
        return tags;
    }
}
