package io.flotilla.sessions.internal.graph;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes down one graph: each object in it once, with its own parts. */
final class GraphRecorder implements Parts {
    private static final int FIRST_BITS = 16;

    private final Graphs graphs;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> waiting = new ArrayDeque<>();
    private final List<@Nullable Object> references = new ArrayList<>();
    private long[] bits = new long[FIRST_BITS];
    private int usedBits;

    GraphRecorder(Graphs graphs) {
        this.graphs = graphs;
    }

    /** Null if part of it cannot be seen. */
    @Nullable
    GraphState record(Object root) {
        try {
            meet(root);
            for (Object next = waiting.poll(); next != null; next = waiting.poll()) {
                Shape shape = graphs.shapeOf(next.getClass());
                if (shape == null) {
                    return null;
                }
                references.add(next);
                references.add(shape);
                if (!shape.show(next, this)) {
                    return null;
                }
            }
        } catch (RuntimeException changing) {
            return null; // by another thread, while its elements were counted
        }
        return new GraphState(references.toArray(), Arrays.copyOf(bits, usedBits));
    }

    private boolean meet(Object object) {
        if (!Immutables.isImmutable(object) && seen.add(object)) {
            waiting.add(object);
        }
        return seen.size() <= Graphs.MOST_OBJECTS;
    }

    @Override
    public boolean child(@Nullable Object child) {
        references.add(child);
        return child == null || meet(child);
    }

    @Override
    public boolean stranger(@Nullable Object stranger) {
        references.add(stranger);
        return true;
    }

    @Override
    public boolean bits(long more) {
        if (usedBits == bits.length) {
            bits = Arrays.copyOf(bits, 2 * usedBits);
        }
        bits[usedBits++] = more;
        return true;
    }

    @Override
    public boolean primitives(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        references.add(copy);
        return true;
    }
}
