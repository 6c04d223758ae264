package io.flotilla.cache.internal.page;

import java.util.Set;
import java.util.UUID;

/** Makes what leads to variants: each with an id of its own, so that nobody finds what belongs to another one. */
final class VariantIds {
    private VariantIds() {}

    static Stored.Variants of(Set<String> fields) {
        return new Stored.Variants(
                fields.stream().sorted().toArray(String[]::new),
                UUID.randomUUID().toString());
    }
}
