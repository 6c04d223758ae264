package io.flotilla.cache.internal.protocol;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the second tier has of a key. Times are the owner's, in milliseconds.
 *
 * @param version rises with every fill and change of the key
 * @param value the value; null if there is only a lease
 * @param filledBy the lease by which the value was loaded, or the change that brought it
 */
public record Row<V>(
        long version,
        @Nullable V value,
        long freshUntil,
        long usableUntil,
        @Nullable LeaseId filledBy,
        @Nullable Lease lease) {

    static <V> Row<V> of(Content<V> content, long version, @Nullable LeaseId filledBy, long now) {
        return new Row<>(version, content.value(), now + content.freshFor(), now + content.usableFor(), filledBy, null);
    }

    static <V> Row<V> leased(long version, Lease lease) {
        return new Row<>(version, null, 0, 0, null, lease);
    }

    public Row<V> with(@Nullable Lease other) {
        return new Row<>(version, value, freshUntil, usableUntil, filledBy, other);
    }

    public boolean isUsable(long now) {
        return value != null && now < usableUntil;
    }

    public boolean isFresh(long now) {
        return isUsable(now) && now < freshUntil;
    }

    /** As it is to who knows that its value is void. */
    public Row<V> withoutValue() {
        return new Row<>(version, null, 0, 0, null, lease);
    }

    boolean isLeasedAs(LeaseId id) {
        return lease != null && id.isOf(lease.id());
    }

    Set<UUID> waiting() {
        return lease == null ? Set.of() : lease.waiting();
    }
}
