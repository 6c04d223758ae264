package io.flotilla.sessions.internal.graph;

import org.jspecify.annotations.Nullable;

/** Takes in the parts of an object's own state, one after the other; each method returns false when it wants no more. */
interface Parts {
    /** An object that the object refers to and that is part of its state. */
    boolean child(@Nullable Object child);

    /** An object that the object refers to and whose own state does not matter. */
    boolean stranger(@Nullable Object stranger);

    boolean bits(long bits);

    /** The content of an array of primitives. */
    boolean primitives(Object array);
}
