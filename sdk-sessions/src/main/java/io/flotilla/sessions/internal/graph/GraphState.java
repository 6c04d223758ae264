package io.flotilla.sessions.internal.graph;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of an object graph at one moment: each of its objects with its own fields or elements. If all of them are what
 * they were, so is the graph. Immutable itself; it keeps the objects alive.
 */
public final class GraphState {
    /** For each object: itself, its shape, and the objects that it referred to. */
    private final @Nullable Object[] references;

    private final long[] bits;

    GraphState(@Nullable Object[] references, long[] bits) {
        this.references = references;
        this.bits = bits;
    }

    /**
     * Whether the graph is as it was. Errs on one side only: a graph in which an object was replaced by an equal one, or that
     * another thread is just changing, counts as changed.
     */
    public boolean holds() {
        try {
            return new Comparison().holds();
        } catch (RuntimeException changing) {
            return false; // by another thread, while its elements were counted
        }
    }

    private final class Comparison implements Parts {
        private int nextReference;
        private int nextBits;

        boolean holds() {
            while (nextReference < references.length) {
                Object object = Objects.requireNonNull(references[nextReference++]);
                Shape shape = (Shape) Objects.requireNonNull(references[nextReference++]);
                if (!shape.show(object, this)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // another object, if an equal one, may be changed behind our back
        public boolean child(@Nullable Object child) {
            Object before = references[nextReference++];
            return before == child
                    || (before != null
                            && child != null
                            && Immutables.isImmutable(before)
                            && Immutables.isSame(before, child));
        }

        @Override
        public boolean stranger(@Nullable Object stranger) {
            return child(stranger);
        }

        @Override
        public boolean bits(long now) {
            return bits[nextBits++] == now;
        }

        @Override
        public boolean primitives(Object array) {
            return Objects.deepEquals(references[nextReference++], array);
        }
    }
}
