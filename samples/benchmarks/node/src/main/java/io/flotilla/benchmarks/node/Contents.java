package io.flotilla.benchmarks.node;

import io.flotilla.benchmarks.node.Cart.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes carts of one serialized size, the same in every server. */
final class Contents {
    private static final String CUSTOMER = "customer-0042";
    private static final Map<String, String> PREFERENCES =
            Map.of("locale", "de_AT", "currency", "EUR", "theme", "plain");

    private final List<Item> items = new ArrayList<>();
    private final String customer;

    /** Carts whose Java serialization has that many bytes. */
    Contents(int bytes) {
        while (size(cart(0, CUSTOMER)) < bytes) {
            items.add(item(items.size()));
        }
        while (items.size() > 1 && size(cart(0, CUSTOMER)) > bytes) {
            items.remove(items.size() - 1);
        }
        customer = CUSTOMER + "x".repeat(Math.max(0, bytes - size(cart(0, CUSTOMER))));
    }

    Cart cart(long version) {
        return cart(version, customer);
    }

    private Cart cart(long version, String owner) {
        return new Cart(version, owner, PREFERENCES, items);
    }

    private static Item item(int number) {
        return new Item(
                "article-" + (100_000 + number),
                "Garden chair, colour " + number,
                1 + number % 7,
                new BigDecimal(1999 + number).movePointLeft(2));
    }

    static int size(Cart cart) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(cart);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.size();
    }
}
