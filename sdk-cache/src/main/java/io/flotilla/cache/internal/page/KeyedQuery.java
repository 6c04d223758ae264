package io.flotilla.cache.internal.page;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which query parameters make a difference: all, none, or some. The order of different ones never does. */
public record KeyedQuery(String description, Predicate<String> names) {
    public static final KeyedQuery ALL = new KeyedQuery("all", name -> true);
    public static final KeyedQuery NONE = new KeyedQuery("none", name -> false);

    public static KeyedQuery only(Set<String> names) {
        Set<String> copy = Set.copyOf(names);
        return new KeyedQuery("only " + copy, copy::contains);
    }

    public static KeyedQuery allBut(Set<String> names) {
        Set<String> copy = Set.copyOf(names);
        return new KeyedQuery("all but " + copy, name -> !copy.contains(name));
    }

    /** The part of a query that counts, with its parameters sorted by name: those of one name stay in their order. */
    String keyOf(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        List<String> counting = new ArrayList<>();
        for (String each : query.split("&", -1)) {
            if (!each.isEmpty() && names.test(nameOf(each))) {
                counting.add(each);
            }
        }
        counting.sort(Comparator.comparing(KeyedQuery::nameOf)); // stable
        return String.join("&", counting);
    }

    private static String nameOf(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return name;
        }
    }

    @Override
    public String toString() {
        return description;
    }
}
