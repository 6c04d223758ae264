package io.flotilla.sessions;

import org.jspecify.annotations.Nullable;

/**
 * Decides what an attribute becomes when two requests on different nodes have changed it at the same moment, in place of the
 * later one's winning. Requests on one node share the attribute's object and need no merger. Called by the request that
 * stores later, on its thread; once more if a third request is faster. Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AttributeMerger {

    /**
     * Merges two values of an attribute. Values are given as they are, and null where the attribute was absent or has been
     * removed.
     *
     * @param name the attribute
     * @param base what both requests started from; not to be changed
     * @param theirs what the other request has stored; may be changed and returned
     * @param mine what this request wants to store; not to be changed
     * @return what is to be stored, or null to remove the attribute. What this throws fails the request, and nothing of what
     *     it changed is stored
     */
    @Nullable
    Object merge(String name, @Nullable Object base, @Nullable Object theirs, @Nullable Object mine);
}
