package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterDataException;
import io.flotilla.sessions.internal.store.Snapshot;
import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.AttributeValue;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AttributeTableTest {
    private static final Version V1 = new Version(1, 1);
    private static final Version V2 = new Version(2, 2);

    private final AttributeCodec codec = new AttributeCodec(AttributeTableTest.class.getClassLoader());

    private StoredAttribute stored(Object value) {
        return new StoredAttribute(V1, true, AttributeValue.of(codec.encode("a", value)));
    }

    private AttributeTable with(Object value) {
        return new AttributeTable(codec, new Snapshot(V1, Map.of("a", stored(value))));
    }

    private AttributeTable empty() {
        return new AttributeTable(codec, new Snapshot(V1, Map.of()));
    }

    private static AttributeChange only(AttributeTable table) {
        List<AttributeChange> changes = table.changes();
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }

    private Object value(AttributeChange change) {
        return codec.decode(change.name(), requireNonNull(change.bytes()));
    }

    /** What the store would have after these changes. */
    private static Snapshot after(AttributeTable table, List<AttributeChange> changes) {
        Map<String, StoredAttribute> attributes =
                new LinkedHashMap<>(table.base().attributes());
        for (AttributeChange each : changes) {
            AttributeValue value = each.value();
            if (value == null) {
                attributes.remove(each.name());
            } else {
                attributes.put(each.name(), new StoredAttribute(V2, each.explicit(), value));
            }
        }
        return new Snapshot(V2, attributes);
    }

    private static void commit(AttributeTable table) {
        List<AttributeChange> changes = table.changes();
        table.committed(changes, after(table, changes));
    }

    @SuppressWarnings("unchecked") // the tests know what they stored
    private static <T> T get(AttributeTable table, Class<? super T> type) {
        Object value = requireNonNull(table.get("a"));
        assertThat(value).isInstanceOf(type);
        return (T) value;
    }

    @Test
    void nothingReadNothingChanged() {
        assertThat(with(new ArrayList<>(List.of("tea"))).changes()).isEmpty();
    }

    @Test
    void sameObjectEveryTime() {
        AttributeTable table = with(new ArrayList<>(List.of("tea")));

        assertThat(table.get("a")).isSameAs(table.get("a")).isEqualTo(List.of("tea"));
        assertThat(table.get("b")).isNull();
    }

    @Test
    void changeInsideAListIsFound() {
        AttributeTable table = with(new ArrayList<>(List.of("tea")));
        AttributeTableTest.<List<String>>get(table, List.class).add("rum");
        AttributeChange change = only(table);

        assertThat(change.explicit()).isFalse();
        assertThat(change.base()).isEqualTo(V1);
        assertThat(value(change)).isEqualTo(List.of("tea", "rum"));
    }

    @Test
    void changeInsideAMapASetAndAnArrayIsFound() {
        AttributeTable map = with(new HashMap<>(Map.of("tea", 1)));
        AttributeTableTest.<Map<String, Integer>>get(map, Map.class).put("tea", 2);
        assertThat(value(only(map))).isEqualTo(Map.of("tea", 2));

        AttributeTable set = with(new HashSet<>(Set.of("tea")));
        AttributeTableTest.<Set<String>>get(set, Set.class).remove("tea");
        assertThat(value(only(set))).isEqualTo(Set.of());

        AttributeTable dates = with(new LocalDate[] {LocalDate.EPOCH});
        AttributeTableTest.<LocalDate[]>get(dates, LocalDate[].class)[0] = LocalDate.MAX;
        assertThat(value(only(dates))).isEqualTo(new LocalDate[] {LocalDate.MAX});
    }

    @Test
    void changeDeepInsideIsFound() {
        AttributeTable table = with(new ArrayList<>(List.of(new ArrayList<>(List.of("tea")))));
        AttributeTableTest.<List<List<String>>>get(table, List.class).get(0).add("rum");

        assertThat(value(only(table))).isEqualTo(List.of(List.of("tea", "rum")));
    }

    @Test
    void changeTakenBackIsNone() {
        AttributeTable table = with(new ArrayList<>(List.of("tea")));
        List<String> list = AttributeTableTest.get(table, List.class);
        list.add("rum");
        list.remove("rum");

        assertThat(table.changes()).isEmpty();
    }

    @Test
    @SuppressWarnings("JdkObsolete") // applications have them
    void untouchedCollectionIsNeverAChangeThoughItsBytesAreOthersAfterARoundTrip() {
        Set<String> set = new HashSet<>(1000);
        Map<String, Integer> shrunk = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            set.add("word" + i * 7919);
            shrunk.put("word" + i * 7919, i);
        }
        set.removeIf(each -> each.length() > 6);
        shrunk.keySet().removeIf(each -> each.length() > 6);
        Map<TimeUnit, String> byEnum = new HashMap<>();
        Map<TimeUnit, String> enumMap = new EnumMap<>(TimeUnit.class);
        for (TimeUnit each : TimeUnit.values()) {
            byEnum.put(each, each.name());
            enumMap.put(each, each.name());
        }
        Map<Object, Object> table = new Hashtable<>(shrunk);
        boolean otherBytes = false;
        for (Object value : List.of(set, shrunk, byEnum, enumMap, table, new TreeMap<>(shrunk))) {
            AttributeTable read = with(value);
            Object handedOut = read.get("a");
            assertThat(handedOut).isEqualTo(value);
            assertThat(read.changes()).as("untouched %s", value.getClass()).isEmpty();
            assertThat(read.changes()).isEmpty();
            otherBytes |= handedOut != null && !Arrays.equals(codec.encode("a", handedOut), codec.encode("a", value));
        }
        assertThat(otherBytes)
                .as("the test holds a value whose bytes change over a round trip")
                .isTrue();
    }

    /** Counts how often it is serialized. */
    private static final class Counted implements Serializable {
        private static final long serialVersionUID = 1;
        private static final AtomicInteger written = new AtomicInteger();

        private void writeObject(ObjectOutputStream out) throws IOException {
            written.incrementAndGet();
            out.defaultWriteObject();
        }
    }

    @Test
    void valueThatWasNotAskedForIsNeverSerialized() {
        AttributeTable table =
                new AttributeTable(codec, new Snapshot(V1, Map.of("a", stored(new Counted()), "b", stored("tea"))));
        Counted.written.set(0);
        assertThat(table.get("b")).isEqualTo("tea");
        assertThat(table.changes()).isEmpty();
        assertThat(Counted.written).hasValue(0);

        assertThat(table.get("a")).isNotNull();
        assertThat(table.changes()).isEmpty();
        assertThat(Counted.written).as("once for the baseline, once to compare").hasValue(2);
    }

    @Test
    void immutableValueIsNotWrittenAgain() {
        AttributeTable table = with("tea");
        assertThat(table.get("a")).isEqualTo("tea");
        assertThat(table.changes()).isEmpty();
        table.set("a", "rum");
        commit(table);

        assertThat(table.get("a")).isEqualTo("rum");
        assertThat(table.changes()).isEmpty();
    }

    @Test
    void settingIsExplicitOnTheVersionSeen() {
        AttributeTable table = with("tea");
        table.set("a", "rum");
        table.set("b", "new");
        List<AttributeChange> changes = table.changes();

        assertThat(changes).extracting(AttributeChange::name).containsExactly("a", "b");
        assertThat(changes).allMatch(AttributeChange::explicit);
        assertThat(changes).extracting(AttributeChange::base).containsExactly(V1, Version.NONE);
        assertThat(changes.stream().map(this::value)).containsExactly("rum", "new");
    }

    @Test
    void settingTheSameObjectAgainIsExplicitThoughItHasNotChanged() {
        AttributeTable table = with(new ArrayList<>(List.of("tea")));
        Object value = requireNonNull(table.get("a"));
        table.set("a", value);

        assertThat(only(table).explicit()).isTrue();
    }

    @Test
    void removal() {
        AttributeTable table = with("tea");
        table.remove("a");
        table.remove("never there");

        assertThat(table.get("a")).isNull();
        assertThat(table.names()).isEmpty();
        AttributeChange change = only(table);
        assertThat(change.name()).isEqualTo("a");
        assertThat(change.bytes()).isNull();
        assertThat(change.base()).isEqualTo(V1);
        commit(table);
        assertThat(table.changes()).isEmpty();
        assertThat(table.get("a")).isNull();
    }

    @Test
    void setThenRemovedIsNothingIfItWasNeverStored() {
        AttributeTable table = empty();
        table.set("a", "tea");
        table.remove("a");

        assertThat(table.changes()).isEmpty();
        assertThat(table.names()).isEmpty();
    }

    @Test
    void removedThenSetIsOneChange() {
        AttributeTable table = with("tea");
        table.remove("a");
        table.set("a", "rum");

        assertThat(value(only(table))).isEqualTo("rum");
        assertThat(table.names()).containsExactly("a");
    }

    @Test
    void namesAreThoseStoredAndThoseSet() {
        AttributeTable table = new AttributeTable(codec, new Snapshot(V1, Map.of("a", stored("1"), "b", stored("2"))));
        table.remove("a");
        table.set("c", "3");

        assertThat(table.names()).containsExactlyInAnyOrder("b", "c");
        table.names().clear();
        assertThat(table.names()).hasSize(2);
    }

    @Test
    void afterACommitTheBaselineIsWhatWasSent() {
        AttributeTable table = empty();
        List<String> list = new ArrayList<>(List.of("tea"));
        table.set("a", list);
        commit(table);
        assertThat(table.changes()).isEmpty();
        list.add("rum");
        AttributeChange change = only(table);

        assertThat(change.explicit()).isFalse();
        assertThat(change.base()).isEqualTo(V2);
        assertThat(value(change)).isEqualTo(List.of("tea", "rum"));
        commit(table);
        assertThat(table.changes()).isEmpty();
        assertThat(table.get("a")).isSameAs(list);
    }

    @Test
    void changeMadeWhileACommitIsUnderWayIsSentByTheNextOne() {
        AttributeTable table = empty();
        List<String> list = new ArrayList<>(List.of("tea"));
        table.set("a", list);
        List<AttributeChange> sent = table.changes();
        list.add("rum");
        table.committed(sent, after(table, sent));

        assertThat(value(only(table))).isEqualTo(List.of("tea", "rum"));
    }

    @Test
    void droppedChangeIsNotSentAgain() {
        AttributeTable table = with(new ArrayList<>(List.of("tea")));
        AttributeTableTest.<List<String>>get(table, List.class).add("mine");
        List<AttributeChange> changes = table.changes();
        table.committed(changes, new Snapshot(V2, table.base().attributes()));

        assertThat(table.changes()).isEmpty();
    }

    @Test
    void unreadableValueHarmsNoOther() {
        AttributeTable table = new AttributeTable(
                codec,
                new Snapshot(
                        V1,
                        Map.of(
                                "bad",
                                new StoredAttribute(V1, true, AttributeValue.of(new byte[] {1, 2, 3})),
                                "good",
                                stored("tea"))));

        assertThatThrownBy(() -> table.get("bad")).isInstanceOf(ClusterDataException.class);
        assertThat(table.get("good")).isEqualTo("tea");
        assertThat(table.names()).containsExactlyInAnyOrder("bad", "good");
        table.set("good", "rum");
        assertThat(only(table).name()).isEqualTo("good");
        commit(table);
        assertThat(table.base().attributes()).containsKey("bad");
        table.remove("bad");
        assertThat(only(table).bytes()).isNull();
    }
}
