package io.flotilla.spi.codec;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ClassRefusedException;
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
import org.jspecify.annotations.Nullable;

/**
 * Writes nothing that could not be read again, for its class or for its form.
 *
 * <p>Notices that another thread changes a collection while it is written. Most of the JDK's collections notice themselves;
 * but these write their size and then whatever entries they meet, and give bytes that nobody can read.
 */
final class CarefulObjectOutput extends ObjectOutputStream {
    private record Sized(Object collection, int size) {}

    private final ApplicationClasses classes;
    private final List<Sized> written = new ArrayList<>(2);
    private @Nullable String refused;

    CarefulObjectOutput(OutputStream out, ApplicationClasses classes) throws IOException {
        super(out);
        this.classes = classes;
        enableReplaceObject(true);
    }

    @Override
    protected void annotateClass(Class<?> type) {
        check(type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
        for (Class<?> each : type.getInterfaces()) {
            check(each);
        }
    }

    /** Does not throw: the stream would write the exception down, and ask for that one's class. */
    private void check(Class<?> type) {
        if (refused == null && !classes.allows(type.getName())) {
            refused = type.getName();
        }
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

    /** To be called when all is written. */
    void requireReadable() throws ClassRefusedException {
        if (refused != null) {
            throw new ClassRefusedException(refused);
        }
        for (Sized each : written) {
            if (size(each.collection()) != each.size()) {
                throw new ConcurrentModificationException();
            }
        }
    }
}
