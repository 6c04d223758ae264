package io.flotilla.samples.containers.app;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A value of a class that only the application's own class loader knows. */
final class Cart implements Serializable {
    private static final long serialVersionUID = 1;

    private final List<String> items = new ArrayList<>();

    void add(String item) {
        items.add(item);
    }

    @Override
    public String toString() {
        return items.toString();
    }
}
