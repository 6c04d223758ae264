package io.flotilla.sessions.internal.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The shapes of the platform's own classes, whose fields are closed to us: what their public methods tell. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // applications keep them in their sessions
final class PlatformShapes {
    private static final Shape COLLECTION = (object, to) -> collection((Collection<?>) object, to);
    private static final Shape SORTED_SET =
            (object, to) -> to.child(((SortedSet<?>) object).comparator()) && collection((Collection<?>) object, to);
    private static final Shape MAP = (object, to) -> map((Map<?, ?>) object, to);
    private static final Shape SORTED_MAP =
            (object, to) -> to.child(((SortedMap<?, ?>) object).comparator()) && map((Map<?, ?>) object, to);
    private static final Shape OBJECTS = (object, to) -> objects((Object[]) object, to);
    private static final Shape PRIMITIVES = (object, to) -> to.primitives(object);

    private static final Map<Class<?>, Shape> BY_CLASS = byClass();

    private PlatformShapes() {}

    /** Null if there is none. */
    static @Nullable Shape of(Class<?> type) {
        if (type.isArray()) {
            return type.getComponentType().isPrimitive() ? PRIMITIVES : OBJECTS;
        }
        return BY_CLASS.get(type);
    }

    private static Map<Class<?>, Shape> byClass() {
        Map<Class<?>, Shape> shapes = new HashMap<>();
        collections().forEach(each -> shapes.put(each, COLLECTION));
        maps().forEach(each -> shapes.put(each, MAP));
        shapes.put(TreeSet.class, SORTED_SET);
        shapes.put(TreeMap.class, SORTED_MAP);
        shapes.put(ConcurrentHashMap.KeySetView.class, PlatformShapes::keys);
        shapes.put(Date.class, (object, to) -> to.bits(((Date) object).getTime()));
        shapes.put(AtomicBoolean.class, (object, to) -> to.bits(((AtomicBoolean) object).get() ? 1 : 0));
        shapes.put(AtomicInteger.class, (object, to) -> to.bits(((AtomicInteger) object).get()));
        shapes.put(AtomicLong.class, (object, to) -> to.bits(((AtomicLong) object).get()));
        shapes.put(AtomicReference.class, (object, to) -> to.child(((AtomicReference<?>) object).get()));
        return Map.copyOf(shapes);
    }

    /**
     * Also of classes without a public name, by an example of each. Not of views: what is behind one may be a collection of
     * the application's own, with more to it than its elements.
     */
    private static Set<Class<?>> collections() {
        return classes(Stream.of(
                new ArrayList<>(),
                new LinkedList<>(),
                new Vector<>(),
                new ArrayDeque<>(),
                new CopyOnWriteArrayList<>(),
                new HashSet<>(),
                new LinkedHashSet<>(),
                Arrays.asList(1, 2),
                List.of(),
                List.of(1),
                Set.of(),
                Set.of(1),
                Stream.of(1).toList(),
                Collections.emptyList(),
                Collections.emptySet(),
                Collections.singleton(1),
                Collections.singletonList(1)));
    }

    private static Set<Class<?>> maps() {
        return classes(Stream.of(
                new HashMap<>(),
                new LinkedHashMap<>(),
                new Hashtable<>(),
                new IdentityHashMap<>(),
                new ConcurrentHashMap<>(),
                Map.of(),
                Map.of(1, 1),
                Collections.emptyMap(),
                Collections.singletonMap(1, 1)));
    }

    private static Set<Class<?>> classes(Stream<Object> examples) {
        return examples.map(Object::getClass).collect(Collectors.toSet());
    }

    private static boolean collection(Collection<?> elements, Parts to) {
        if (!to.bits(elements.size())) {
            return false;
        }
        for (Object each : elements) {
            if (!to.child(each)) {
                return false;
            }
        }
        return true;
    }

    private static boolean map(Map<?, ?> map, Parts to) {
        if (!to.bits(map.size())) {
            return false;
        }
        for (Map.Entry<?, ?> each : map.entrySet()) {
            if (!(to.child(each.getKey()) && to.child(each.getValue()))) {
                return false;
            }
        }
        return true;
    }

    /** Stored with the map, whose values may be anything. */
    private static boolean keys(Object object, Parts to) {
        ConcurrentHashMap.KeySetView<?, ?> keys = (ConcurrentHashMap.KeySetView<?, ?>) object;
        return to.child(keys.getMap()) && to.child(keys.getMappedValue());
    }

    private static boolean objects(Object[] elements, Parts to) {
        for (Object each : elements) {
            if (!to.child(each)) {
                return false;
            }
        }
        return true;
    }
}
