package io.flotilla.cache.internal.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Header fields in their order; names in any case. Not thread-safe. */
final class HeaderFields {
    private final List<Field> fields = new ArrayList<>();

    private record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /** Fields from names and values in turn. */
    static HeaderFields of(String... namesAndValues) {
        HeaderFields all = new HeaderFields();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return all;
    }

    /** Names and values in turn. */
    String[] flat() {
        return fields.stream()
                .flatMap(field -> List.of(field.name(), field.value()).stream())
                .toArray(String[]::new);
    }

    void add(String name, String value) {
        fields.add(new Field(name, value));
    }

    /** Replaces a field; removes it if the value is null. */
    void set(String name, @Nullable String value) {
        remove(name);
        if (value != null) {
            add(name, value);
        }
    }

    void remove(String name) {
        fields.removeIf(field -> field.is(name));
    }

    void clear() {
        fields.clear();
    }

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.is(name));
    }

    @Nullable
    String first(String name) {
        return fields.stream()
                .filter(field -> field.is(name))
                .map(Field::value)
                .findFirst()
                .orElse(null);
    }

    List<String> all(String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
    }

    /** The members of a field that is a list of words, in lower case. */
    Set<String> words(String name) {
        return words(all(name));
    }

    static Set<String> words(Collection<String> values) {
        Set<String> words = new LinkedHashSet<>();
        for (String each : values) {
            Arrays.stream(each.split(",", -1))
                    .map(word -> word.strip().toLowerCase(Locale.ROOT))
                    .filter(word -> !word.isEmpty())
                    .forEach(words::add);
        }
        return words;
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        fields.forEach(field -> names.add(field.name()));
        return names;
    }

    void forEach(BiConsumer<String, String> action) {
        fields.forEach(field -> action.accept(field.name(), field.value()));
    }
}
