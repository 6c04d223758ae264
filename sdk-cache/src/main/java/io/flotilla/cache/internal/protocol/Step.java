package io.flotilla.cache.internal.protocol;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a message did to a row.
 *
 * @param reply the answer
 * @param row the row from now on; null if there is none
 * @param reach who has to store that
 * @param woken the members to wake
 */
public record Step<V, R>(R reply, @Nullable Row<V> row, Reach reach, Set<UUID> woken) {

    public enum Reach {
        /** The row is as it was. */
        NOBODY,
        /** The owner only: leases are not worth a copy. */
        OWNER,
        /** The owner and the backups, which get the finished row, or remove it even where the owner had none. */
        BACKUPS
    }

    /** The same with another form of the answer. */
    public <T> Step<V, T> replying(T other) {
        return new Step<>(other, row, reach, woken);
    }

    public static <V, R> Step<V, R> unchanged(R reply, @Nullable Row<V> row) {
        return new Step<>(reply, row, Reach.NOBODY, Set.of());
    }

    static <V, R> Step<V, R> leased(R reply, Row<V> row) {
        return new Step<>(reply, row, Reach.OWNER, Set.of());
    }

    public static <V, R> Step<V, R> ended(R reply, @Nullable Row<V> row, Set<UUID> woken) {
        return new Step<>(reply, row, Reach.BACKUPS, woken);
    }
}
