package io.flotilla.sessions.internal.graph;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({
    "UnusedVariable", // fields are seen by reflection
    "JavaUtilDate"
})
final class GraphStateTest {
    private final Graphs graphs = new Graphs();

    private static class Base implements Serializable {
        private static final long serialVersionUID = 1;
        int inherited;
    }

    private static final class Bean extends Base {
        private static final long serialVersionUID = 1;
        boolean flag;
        byte small;
        char letter;
        short number;
        long large;
        float fraction;
        double exact;

        @Nullable
        String text;

        @Nullable
        Object other;

        transient @Nullable Object passing;
    }

    private record Pair(@Nullable Object left, @Nullable Object right) implements Serializable {}

    private GraphState of(Object root) {
        return requireNonNull(graphs.stateOf(root));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"inherited", "flag", "small", "letter", "number", "large", "fraction", "exact", "text", "other"})
    void anyFieldCounts(String name) {
        Bean bean = new Bean();
        GraphState state = of(new Pair("root", List.of(bean)));
        assertThat(state.holds()).isTrue();

        switch (name) {
            case "inherited" -> bean.inherited++;
            case "flag" -> bean.flag = true;
            case "small" -> bean.small++;
            case "letter" -> bean.letter++;
            case "number" -> bean.number++;
            case "large" -> bean.large++;
            case "fraction" -> bean.fraction = -0f;
            case "exact" -> bean.exact = -0.0;
            case "text" -> bean.text = "";
            default -> bean.other = new Bean();
        }

        assertThat(state.holds()).isFalse();
    }

    @Test
    void anotherObjectThatCannotChangeIsTheSameIfItIsEqual() {
        Bean bean = new Bean();
        bean.text = new String("text");
        bean.other = new BigDecimal("1.0");
        GraphState state = of(bean);

        bean.text = new String("text");
        bean.other = new BigDecimal("1.0");
        assertThat(state.holds()).isTrue();

        bean.other = new BigDecimal("1.00");
        assertThat(state.holds()).isFalse();
    }

    @Test
    void anotherObjectThatMayChangeIsAChange() {
        Bean bean = new Bean();
        bean.other = new ArrayList<>(List.of(1));
        GraphState state = of(bean);

        bean.other = new ArrayList<>(List.of(1));

        assertThat(state.holds()).isFalse();
    }

    @Test
    void aTransientFieldCountsButNotWhatIsBehindIt() {
        Bean bean = new Bean();
        List<Object> behind = new ArrayList<>(List.of(new Thread()));
        bean.passing = behind;
        GraphState state = of(bean);

        behind.clear();
        assertThat(state.holds()).isTrue();

        bean.passing = null;
        assertThat(state.holds()).isFalse();
    }

    @Test
    void elementsOfTheKnownCollectionsCount() {
        for (Supplier<? extends Iterable<Bean>> each : List.<Supplier<? extends Iterable<Bean>>>of(
                () -> new ArrayList<>(List.of(new Bean())),
                () -> List.of(new Bean()),
                () -> List.of(new Bean(), new Bean(), new Bean()),
                () -> Set.of(new Bean()),
                () -> new HashSet<>(Set.of(new Bean())),
                () -> Arrays.asList(new Bean(), null),
                () -> Collections.singletonList(new Bean()))) {
            Iterable<Bean> elements = each.get();
            GraphState state = of(elements);
            assertThat(state.holds()).as(elements.getClass().getName()).isTrue();

            elements.iterator().next().large++;

            assertThat(state.holds()).as(elements.getClass().getName()).isFalse();
        }
    }

    @Test
    void keysAndValuesOfTheKnownMapsCount() {
        for (Map<Object, Object> each : List.<Map<Object, Object>>of(
                new HashMap<>(), new LinkedHashMap<>(), new TreeMap<>(Comparator.comparingInt(Object::hashCode)))) {
            if (each instanceof TreeMap<?, ?>) {
                assertThat(graphs.stateOf(each)).isNull(); // a comparator may be anything
                continue;
            }
            Bean key = new Bean();
            Bean value = new Bean();
            each.put(key, value);
            GraphState first = of(each);
            key.large++;
            GraphState second = of(each);
            value.large++;
            GraphState third = of(each);
            each.put("more", null);

            assertThat(List.of(first.holds(), second.holds(), third.holds())).containsOnly(false);
            assertThat(of(each).holds()).isTrue();
        }
    }

    @Test
    void arraysDatesAndCountersCount() {
        int[] numbers = {1, 2};
        Object[] objects = {numbers, null};
        Date date = new Date(1);
        AtomicInteger counter = new AtomicInteger();
        List<Object> all = List.of(objects, date, counter);

        GraphState first = of(all);
        assertThat(first.holds()).isTrue();
        numbers[1] = 3;
        GraphState second = of(all);
        date.setTime(2);
        GraphState third = of(all);
        counter.incrementAndGet();
        GraphState fourth = of(all);
        objects[1] = "text";

        assertThat(List.of(first.holds(), second.holds(), third.holds(), fourth.holds()))
                .containsOnly(false);
    }

    @Test
    void aCycleIsSeenOnce() {
        Bean one = new Bean();
        Bean other = new Bean();
        one.other = other;
        other.other = one;
        GraphState state = of(one);
        assertThat(state.holds()).isTrue();

        other.other = other;

        assertThat(state.holds()).isFalse();
    }

    private static final class SelfWritten implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeLong(System.nanoTime());
        }
    }

    private static class Replaced implements Serializable {
        private static final long serialVersionUID = 1;

        Object writeReplace() {
            return "another";
        }
    }

    private static final class InheritsReplaced extends Replaced {
        private static final long serialVersionUID = 1;
    }

    public static final class External implements Externalizable {
        private static final long serialVersionUID = 1;

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeLong(System.nanoTime());
        }

        @Override
        public void readExternal(ObjectInput in) {}
    }

    private static final class GrownList extends ArrayList<Object> {
        private static final long serialVersionUID = 1;
        int more;
    }

    @Test
    void whatCannotBeSeenHasNoState() {
        Comparator<Object> lambda = (Comparator<Object> & Serializable) (a, b) -> a.hashCode() - b.hashCode();
        for (Object each : List.of(
                new SelfWritten(),
                new InheritsReplaced(),
                new External(),
                new GrownList(),
                new BitSet(),
                new PriorityQueue<>(),
                new Throwable(),
                lambda,
                Collections.unmodifiableList(new ArrayList<>()),
                Collections.checkedList(new ArrayList<>(), String.class))) {
            assertThat(graphs.stateOf(each)).as(each.getClass().getName()).isNull();
            assertThat(graphs.stateOf(new Pair("root", each))).isNull();
        }
    }

    @Test
    void tooManyObjectsHaveNoState() {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < Graphs.MOST_OBJECTS - 1; i++) {
            many.add(new Pair(null, null));
        }
        assertThat(graphs.stateOf(many)).isNotNull();

        many.add(new Pair(null, null));

        assertThat(graphs.stateOf(many)).isNull();
    }

    /** Whatever is done to a graph: if its serialized form differs, its state does not hold. */
    @Property(tries = 2000)
    void neverHoldsForAGraphThatSerializesDifferently(
            @ForAll("steps") List<Integer> building, @ForAll("steps") List<Integer> changing) throws IOException {
        Garden garden = new Garden();
        building.forEach(garden::change);
        byte[] before = serialized(garden.root);
        GraphState state = of(garden.root);
        assertThat(state.holds()).isTrue();

        for (int each : changing) {
            garden.change(each);
            if (state.holds()) {
                assertThat(serialized(garden.root)).isEqualTo(before);
            }
        }
    }

    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.integers().between(0, 1_000_000).list().ofMaxSize(30);
    }

    private static byte[] serialized(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    /** A graph that grows and changes at random, with cycles and objects that several others refer to. */
    private static final class Garden {
        final ArrayList<Object> root = new ArrayList<>();
        private final List<Object> all = new ArrayList<>(List.of(root));

        @SuppressWarnings("unchecked")
        void change(int random) {
            Object target = all.get(random % all.size());
            Object part = part(random / 7);
            if (target instanceof ArrayList<?> list) {
                changeList((List<Object>) list, random / 11, part);
            } else if (target instanceof LinkedHashMap<?, ?> map) {
                ((LinkedHashMap<Object, Object>) map).put("key" + random / 11 % 3, part);
            } else if (target instanceof Bean bean) {
                bean.large = random / 11 % 3;
                bean.other = part;
                bean.text = "text" + random / 13 % 3;
            } else if (target instanceof Object[] array) {
                array[random / 11 % array.length] = part;
            } else if (target instanceof long[] numbers) {
                numbers[random / 11 % numbers.length] = random / 13 % 3;
            }
        }

        private static void changeList(List<Object> list, int random, Object part) {
            if (list.isEmpty() || random % 3 == 0) {
                list.add(part);
            } else if (random % 3 == 1) {
                list.set(random / 3 % list.size(), part);
            } else {
                list.remove(random / 3 % list.size());
            }
        }

        private Object part(int random) {
            Object part = switch (random % 8) {
                case 0 -> new ArrayList<>();
                case 1 -> new LinkedHashMap<>();
                case 2 -> new Bean();
                case 3 -> new Object[2];
                case 4 -> new long[2];
                case 5 -> "text" + random / 8 % 3;
                case 6 -> random / 8 % 3;
                default -> all.get(random / 8 % all.size());
            };
            all.add(part);
            return part;
        }
    }
}
