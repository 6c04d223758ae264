package io.flotilla.cache.internal.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The owner's steps on the row of one key: pure functions of the row, the message, the owner's time in milliseconds, and
 * the position that the owner took before the step.
 */
final class RowProtocol {
    private RowProtocol() {}

    /**
     * ASK: a value, the right to load it, or the order to wait.
     *
     * @param token the asker's; the same one gets the same lease again
     * @param grant the number of the lease, if there will be a new one
     * @param leaseFor for how many milliseconds that runs
     */
    static <V> Step<V, Answer<V>> ask(
            @Nullable Row<V> row, long token, UUID reader, long grant, long leaseFor, long now, Position position) {
        if (row != null && row.isFresh(now)) {
            return Step.unchanged(answer(Answer.Status.HIT, row, null, 0, now, position), row);
        }
        Lease lease = row == null ? null : row.lease();
        if (lease == null || !lease.isHeld(now)) {
            Set<UUID> waiting = lease == null ? Set.of() : lease.waiting();
            return leased(row, new Lease(new LeaseId(token, grant), now + leaseFor, waiting), now, position);
        }
        if (lease.isFor(token)) {
            return leased(row, lease, now, position);
        }
        return busy(requireNonNull(row), lease, reader, now, position);
    }

    private static <V> Step<V, Answer<V>> leased(@Nullable Row<V> row, Lease lease, long now, Position position) {
        boolean usable = row != null && row.isUsable(now);
        Row<V> after = row != null && usable ? row.with(lease) : Row.leased(row == null ? 0 : row.version(), lease);
        Answer.Status status = usable ? Answer.Status.STALE_LOAD : Answer.Status.LOAD;
        return Step.leased(answer(status, after, lease.id(), lease.until() - now, now, position), after);
    }

    private static <V> Step<V, Answer<V>> busy(Row<V> row, Lease lease, UUID reader, long now, Position position) {
        long leaseFor = lease.until() - now;
        if (row.isUsable(now)) {
            return Step.unchanged(answer(Answer.Status.STALE, row, null, leaseFor, now, position), row);
        }
        Row<V> after = row.with(lease.awaitedBy(reader));
        return Step.leased(answer(Answer.Status.WAIT, after, null, leaseFor, now, position), after);
    }

    private static <V> Answer<V> answer(
            Answer.Status status, Row<V> row, @Nullable LeaseId lease, long leaseFor, long now, Position position) {
        if (!row.isUsable(now)) {
            return new Answer<>(status, 0, null, 0, 0, lease, leaseFor, position);
        }
        long freshFor = Math.max(0, row.freshUntil() - now);
        long usableFor = row.usableUntil() - now;
        return new Answer<>(status, row.version(), row.value(), freshFor, usableFor, lease, leaseFor, position);
    }

    /** FILL: what was loaded is stored if its lease is still there, or was stored already. */
    static <V> Step<V, Written> fill(
            @Nullable Row<V> row, LeaseId lease, Content<V> content, long version, long now, Position position) {
        if (row != null && row.isLeasedAs(lease)) {
            Row<V> after = Row.of(content, version, lease, now);
            return Step.ended(new Written(true, version, position), after, row.waiting());
        }
        if (row != null && lease.equals(row.filledBy()) && row.isUsable(now)) {
            // A repetition, whose first delivery's backup may have failed.
            return Step.ended(new Written(true, row.version(), position), row, Set.of());
        }
        return Step.unchanged(new Written(false, 0, position), row);
    }

    /** ABANDON: a load has failed, and another one may begin. */
    static <V> Step<V, Boolean> abandon(@Nullable Row<V> row, LeaseId lease, long now) {
        if (row == null || !row.isLeasedAs(lease)) {
            return Step.unchanged(false, row);
        }
        return Step.ended(true, row.isUsable(now) ? row.with(null) : null, row.waiting());
    }

    /** PUT: a change that brings the value. */
    static <V> Step<V, Written> put(
            @Nullable Row<V> row, Content<V> content, long version, long now, Position position) {
        return Step.ended(new Written(true, version, position), Row.of(content, version, null, now), waitingFor(row));
    }

    /**
     * A put that has taken place comes once more. Its own backup may have failed, and that of what has replaced it since:
     * the backups get the row as it is now.
     */
    static <V> Step<V, Written> repeated(@Nullable Row<V> row, Written first) {
        return Step.ended(first, row, Set.of());
    }

    /** INVALIDATE: a change after which the value must be loaded anew. */
    static <V> Step<V, Written> invalidate(@Nullable Row<V> row, Position position) {
        return Step.ended(new Written(true, 0, position), null, waitingFor(row));
    }

    private static Set<UUID> waitingFor(@Nullable Row<?> row) {
        return row == null ? Set.of() : row.waiting();
    }
}
