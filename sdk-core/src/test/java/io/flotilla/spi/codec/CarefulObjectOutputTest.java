package io.flotilla.spi.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections that another thread changes while they are written never become bytes that nobody can read. */
final class CarefulObjectOutputTest {
    private final ValueFormats codec =
            ValueFormats.of(CodecSettings.defaults("shop"), CarefulObjectOutputTest.class.getClassLoader());

    /** An element that, when it is written, lets its collection change once, as another thread would at that moment. */
    private static final class Disturbing implements Serializable, Comparable<Disturbing> {
        private static final long serialVersionUID = 1;
        private final transient List<Runnable> change;
        private final int order;

        Disturbing(int order, Runnable change) {
            this.order = order;
            this.change = new ArrayList<>(List.of(change));
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            List<Runnable> due = List.copyOf(change);
            change.clear();
            due.forEach(Runnable::run);
        }

        @Override
        public int compareTo(Disturbing other) {
            return Integer.compare(order, other.order);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Disturbing same && same.order == order;
        }

        @Override
        public int hashCode() {
            return order;
        }
    }

    static Stream<Object> collections() {
        return Stream.of(
                new HashMap<>(),
                new LinkedHashMap<>(),
                new IdentityHashMap<>(),
                new ArrayDeque<>(),
                new PriorityQueue<>(),
                new ArrayList<>(),
                new java.util.TreeMap<>(),
                new java.util.HashSet<>());
    }

    @ParameterizedTest
    @MethodSource("collections")
    void changedMeanwhile(Object collection) throws Exception {
        Consumer<Disturbing> add = adder(collection);
        for (int i = 0; i < 5; i++) {
            int order = i;
            add.accept(new Disturbing(order, () -> add.accept(new Disturbing(100 + order, () -> {}))));
        }

        byte[] bytes = codec.encode(collection);

        assertThat(size(codec.decode(bytes))).isEqualTo(size(collection)).isEqualTo(10);
    }

    @SuppressWarnings("unchecked") // this test put nothing else in
    private static Consumer<Disturbing> adder(Object collection) {
        return collection instanceof Map<?, ?> map
                ? each -> ((Map<Object, Object>) map).put(each, 1)
                : ((Collection<Object>) collection)::add;
    }

    private static int size(Object collection) {
        return collection instanceof Map<?, ?> map ? map.size() : ((Collection<?>) collection).size();
    }
}
