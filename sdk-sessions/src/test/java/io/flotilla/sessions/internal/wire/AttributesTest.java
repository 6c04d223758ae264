package io.flotilla.sessions.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Measured by a {@link LinkedHashMap} with the same in it. */
final class AttributesTest {
    private static StoredAttribute attribute(String value) {
        return new StoredAttribute(new Version(1, 2), true, AttributeValue.of(value.getBytes(UTF_8)));
    }

    private static Map<String, StoredAttribute> model(List<Integer> names) {
        Map<String, StoredAttribute> model = new LinkedHashMap<>();
        names.forEach(each -> model.put("name" + each, attribute("value" + each)));
        return model;
    }

    @Property
    void isWhatItWasMadeOf(@ForAll @Size(max = 24) List<@IntRange(max = 30) Integer> names, @ForAll Integer other) {
        Map<String, StoredAttribute> model = model(names);
        Map<String, StoredAttribute> attributes = Attributes.of(model);
        Map<String, StoredAttribute> each = new LinkedHashMap<>();
        attributes.forEach(each::put);

        assertThat(attributes).isEqualTo(model).hasSameHashCodeAs(model).hasSameSizeAs(model);
        assertThat(model).isEqualTo(attributes);
        assertThat(each).containsExactlyEntriesOf(model);
        assertThat(new ArrayList<>(attributes.entrySet())).isEqualTo(new ArrayList<>(model.entrySet()));
        assertThat(new ArrayList<>(attributes.keySet())).isEqualTo(new ArrayList<>(model.keySet()));
        assertThat(new ArrayList<>(attributes.values())).isEqualTo(new ArrayList<>(model.values()));
        String name = "name" + other;
        assertThat(attributes.get(name)).isEqualTo(model.get(name));
        assertThat(attributes.containsKey(name)).isEqualTo(model.containsKey(name));
        model.forEach((known, value) -> assertThat(attributes).containsEntry(known, value));
    }

    @Property
    void isReadAsItWasWritten(@ForAll @Size(max = 24) List<@IntRange(max = 30) Integer> names) throws IOException {
        Map<String, StoredAttribute> model = model(names);
        InternalSerializationService service = new DefaultSerializationServiceBuilder().build();
        try {
            var out = service.createObjectDataOutput();
            Attributes.write(out, Attributes.of(model));
            Map<String, StoredAttribute> read = Attributes.read(service.createObjectDataInput(out.toByteArray()));

            assertThat(read).containsExactlyEntriesOf(model);
            assertThat(read.getClass()).isEqualTo(Attributes.of(model).getClass());
        } finally {
            service.dispose();
        }
    }

    @Test
    void laterChangesOfWhatItWasMadeOfDoNotReachIt() {
        for (int size : List.of(1, Attributes.FEW, Attributes.FEW + 1)) {
            List<Integer> names = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                names.add(i);
            }
            Map<String, StoredAttribute> source = model(names);
            Map<String, StoredAttribute> attributes = Attributes.of(source);
            source.clear();

            assertThat(attributes).hasSize(size);
            assertThatThrownBy(() -> attributes.put("more", attribute("v")))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> attributes.keySet().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(attributes::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void endsWhereItEnds() {
        Iterator<?> entries = Attributes.of(model(List.of())).entrySet().iterator();

        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aCopyOfACopyIsItself() {
        Map<String, StoredAttribute> attributes = Attributes.of(model(List.of(1, 2)));

        assertThat(Attributes.of(attributes)).isSameAs(attributes);
    }

    @Test
    void attributesAreEqualByVersionAndContent() {
        AttributeValue value = new AttributeValue(new byte[] {1}, true, "ann");
        StoredAttribute one = new StoredAttribute(new Version(1, 2), true, value);

        assertThat(one)
                .isEqualTo(new StoredAttribute(
                        new Version(1, 2), true, new AttributeValue(new byte[] {1}, true, new String("ann"))))
                .isNotEqualTo(new StoredAttribute(new Version(2, 2), true, value))
                .isNotEqualTo(new StoredAttribute(new Version(1, 3), true, value))
                .isNotEqualTo(new StoredAttribute(new Version(1, 2), false, value))
                .isNotEqualTo(
                        new StoredAttribute(new Version(1, 2), true, new AttributeValue(new byte[] {2}, true, "ann")))
                .isNotEqualTo(
                        new StoredAttribute(new Version(1, 2), true, new AttributeValue(new byte[] {1}, false, "ann")))
                .isNotEqualTo(
                        new StoredAttribute(new Version(1, 2), true, new AttributeValue(new byte[] {1}, true, "bob")));
        assertThat(one.version()).isEqualTo(new Version(1, 2));
        assertThat(one.value()).isEqualTo(value);
        assertThat(one).asString().contains("1 bytes").doesNotContain("ann");
    }

    @Test
    void namesAreShared() {
        String first = Names.shared(new String("a name of this test"));

        assertThat(Names.shared(new String("a name of this test"))).isSameAs(first);
    }

    /** "Aa" and "BB" have the same hash. */
    @Test
    void namesThatMeetInAPlaceStayThemselves() {
        assertThat(Names.shared("Aa")).isEqualTo("Aa");
        assertThat(Names.shared("BB")).isEqualTo("BB");
        assertThat(Names.shared("Aa")).isEqualTo("Aa");
    }
}
