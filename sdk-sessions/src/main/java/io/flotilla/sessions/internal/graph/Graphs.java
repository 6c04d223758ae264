package io.flotilla.sessions.internal.graph;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The states of object graphs, for one web application, whose classes this refers to. Thread-safe.
 *
 * <p>Comparing a graph with its {@link GraphState} costs a small part of what it costs to serialize it. Objects whose state
 * cannot be seen from outside (their class serializes itself, or its fields are closed) have none.
 */
public final class Graphs {
    /** A graph of more objects than this is not looked at: remembering it would cost too much memory. */
    static final int MOST_OBJECTS = 50_000;

    private final ConcurrentHashMap<Class<?>, Optional<Shape>> shapes = new ConcurrentHashMap<>();

    /**
     * Takes down the state of an object and of all that it refers to.
     *
     * @return null if part of it cannot be seen, is being changed by another thread, or is too large
     */
    public @Nullable GraphState stateOf(Object root) {
        return new GraphRecorder(this).record(root);
    }

    /** Null if the state of such objects cannot be seen. */
    @Nullable
    Shape shapeOf(Class<?> type) {
        Optional<Shape> known = shapes.get(type);
        if (known == null) {
            known = shapes.computeIfAbsent(type, Graphs::find);
        }
        return known.orElse(null);
    }

    private static Optional<Shape> find(Class<?> type) {
        Shape platform = PlatformShapes.of(type);
        try {
            return Optional.ofNullable(platform == null ? FieldShape.of(type) : platform);
        } catch (LinkageError incomplete) {
            return Optional.empty(); // a class that it names is not in the application
        }
    }
}
