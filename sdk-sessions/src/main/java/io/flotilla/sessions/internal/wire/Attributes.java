package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a session, by name, in the order in which they were first set: immutable, and in one array, since a
 * member holds very many sessions with few attributes each. Sessions with many have an ordinary map.
 */
public final class Attributes extends AbstractMap<String, StoredAttribute> {
    /** Up to here looking at one name after the other is as fast as hashing. */
    static final int FEW = 16;

    private static final Attributes NONE = new Attributes(new Object[0]);

    private final Object[] pairs; // a name, its attribute, the next name, …

    private Attributes(Object[] pairs) {
        this.pairs = pairs;
    }

    /** An immutable copy that takes as little room as may be. */
    public static Map<String, StoredAttribute> of(Map<String, StoredAttribute> all) {
        if (all instanceof Attributes) {
            return all;
        }
        if (all.isEmpty()) {
            return NONE;
        }
        if (all.size() > FEW) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(all));
        }
        List<Object> pairs = new ArrayList<>(2 * all.size());
        all.forEach((name, each) -> {
            pairs.add(name);
            pairs.add(each);
        });
        return new Attributes(pairs.toArray());
    }

    @Override
    public int size() {
        return pairs.length / 2;
    }

    @Override
    public @Nullable StoredAttribute get(@Nullable Object name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return attribute(i);
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super StoredAttribute> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(name(i), attribute(i));
        }
    }

    /** A new one each time, since the one of the superclass would stay with each session. */
    @Override
    public Set<String> keySet() {
        Set<String> names = new LinkedHashSet<>();
        forEach((name, each) -> names.add(name));
        return Collections.unmodifiableSet(names);
    }

    /** As {@link #keySet}. */
    @Override
    public Collection<StoredAttribute> values() {
        List<StoredAttribute> values = new ArrayList<>(size());
        forEach((name, each) -> values.add(each));
        return Collections.unmodifiableList(values);
    }

    @Override
    public Set<Map.Entry<String, StoredAttribute>> entrySet() {
        return new Entries();
    }

    private String name(int i) {
        return (String) pairs[i];
    }

    private StoredAttribute attribute(int i) {
        return (StoredAttribute) pairs[i + 1];
    }

    private final class Entries extends AbstractSet<Map.Entry<String, StoredAttribute>> {
        @Override
        public int size() {
            return Attributes.this.size();
        }

        @Override
        public Iterator<Map.Entry<String, StoredAttribute>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < pairs.length;
                }

                @Override
                public Map.Entry<String, StoredAttribute> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    int i = next;
                    next += 2;
                    return Map.entry(name(i), attribute(i));
                }
            };
        }
    }

    static void write(ObjectDataOutput out, Map<String, StoredAttribute> all) throws IOException {
        out.writeInt(all.size());
        for (Map.Entry<String, StoredAttribute> each : all.entrySet()) {
            out.writeString(each.getKey());
            each.getValue().write(out);
        }
    }

    static Map<String, StoredAttribute> read(ObjectDataInput in) throws IOException {
        int count = in.readInt();
        return count > FEW ? readMany(in, count) : readFew(in, count);
    }

    private static Map<String, StoredAttribute> readMany(ObjectDataInput in, int count) throws IOException {
        Map<String, StoredAttribute> read = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            read.put(Bytes.readSharedName(in), StoredAttribute.read(in));
        }
        return Collections.unmodifiableMap(read);
    }

    private static Map<String, StoredAttribute> readFew(ObjectDataInput in, int count) throws IOException {
        if (count == 0) {
            return NONE;
        }
        Object[] pairs = new Object[2 * count];
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = Bytes.readSharedName(in);
            pairs[i + 1] = StoredAttribute.read(in);
        }
        return new Attributes(pairs);
    }
}
