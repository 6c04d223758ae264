package io.flotilla.sessions.internal.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Notices that another thread changes a collection while it is written. Most of the JDK's collections notice themselves;
 * but these write their size and then whatever entries they meet, and give bytes that nobody can read.
 */
final class SteadyObjectOutput extends ObjectOutputStream {
    private record Sized(Object collection, int size) {}

    private final List<Sized> written = new ArrayList<>(2);

    SteadyObjectOutput(OutputStream out) throws IOException {
        super(out);
        enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object value) {
        int size = size(value);
        if (size >= 0) {
            written.add(new Sized(value, size));
        }
        return value;
    }

    /** Only of these very classes: to ask an application's collection for its size may load it from a database. */
    private static int size(Object value) {
        Class<?> type = value.getClass();
        if (type.equals(HashMap.class) || type.equals(LinkedHashMap.class) || type.equals(IdentityHashMap.class)) {
            return ((Map<?, ?>) value).size();
        }
        if (type.equals(ArrayDeque.class) || type.equals(PriorityQueue.class)) {
            return ((Collection<?>) value).size();
        }
        return -1;
    }

    void requireSteady() {
        for (Sized each : written) {
            if (size(each.collection()) != each.size()) {
                throw new ConcurrentModificationException();
            }
        }
    }
}
