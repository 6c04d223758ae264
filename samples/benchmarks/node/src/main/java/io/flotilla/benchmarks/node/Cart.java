package io.flotilla.benchmarks.node;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an application keeps in a session: a graph of small mutable objects. */
final class Cart implements Serializable {
    private static final long serialVersionUID = 1;

    private final long version;
    private final String customer;
    private final Map<String, String> preferences;
    private final List<Item> items;

    Cart(long version, String customer, Map<String, String> preferences, List<Item> items) {
        this.version = version;
        this.customer = customer;
        this.preferences = new HashMap<>(preferences);
        this.items = new ArrayList<>(items);
    }

    long version() {
        return version;
    }

    String customer() {
        return customer;
    }

    Map<String, String> preferences() {
        return preferences;
    }

    /** What the customer would pay. */
    BigDecimal total() {
        return items.stream()
                .map(each -> each.price().multiply(BigDecimal.valueOf(each.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** One line of a cart. */
    record Item(String article, String name, int quantity, BigDecimal price) implements Serializable {}
}
