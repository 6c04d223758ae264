package io.flotilla.sessions.internal.wire;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What two records of one session, kept on both sides of a cut, become when it heals. Ended stays ended, whether its listeners have
 * been told or are still to be. Of an attribute
 * that both have, the one written later in the session's life stays. One that only one side has was either written there
 * or removed on the other: that shows by whether the last version that both have in common knew it. Where that is
 * forgotten, the side that goes on is right.
 */
final class SessionMerge {
    private SessionMerge() {}

    /**
     * Merges two records.
     *
     * @param kept the record of the side that goes on
     * @param merging the record of the side that joins it
     */
    static SessionRecord of(SessionRecord kept, SessionRecord merging, long tag) {
        if (kept.isDead()) {
            return kept;
        }
        if (merging.isDead()) {
            return kept.endedWith(merging, tag);
        }
        Ending other = merging.ending();
        if (kept.ending() != null || other != null) {
            return kept.ending() != null ? kept : kept.ending(requireNonNull(other));
        }
        boolean same = kept.version().equals(merging.version());
        Map<String, StoredAttribute> attributes =
                same ? kept.attributes() : attributes(kept, merging, kept.lastCommon(merging));
        boolean changed = !same && !(attributes.equals(kept.attributes()) && kept.knowsSecretOf(merging));
        return changed ? kept.joined(merging, attributes, tag) : kept.accessedLike(merging);
    }

    private static Map<String, StoredAttribute> attributes(SessionRecord kept, SessionRecord merging, long common) {
        Set<String> names = new HashSet<>(kept.names());
        names.addAll(merging.names());
        Map<String, StoredAttribute> merged = new LinkedHashMap<>();
        for (String name : names) {
            StoredAttribute chosen =
                    choose(kept.attributes().get(name), merging.attributes().get(name), common);
            if (chosen != null) {
                merged.put(name, chosen);
            }
        }
        return merged;
    }

    private static @Nullable StoredAttribute choose(
            @Nullable StoredAttribute kept, @Nullable StoredAttribute merging, long common) {
        if (kept != null && merging != null) {
            return merging.version().counter() > kept.version().counter() ? merging : kept;
        }
        if (kept != null) {
            return kept.version().counter() <= common ? null : kept; // removed on the other side
        }
        boolean written = merging != null && common >= 0 && merging.version().counter() > common;
        return written ? merging : null;
    }
}
