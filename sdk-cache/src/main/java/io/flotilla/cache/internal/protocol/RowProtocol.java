package io.flotilla.cache.internal.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The owner's steps on the row of one key: pure functions of the row, the message, the owner's time in milliseconds, and
 * the position that the owner took before the step.
 */
public final class RowProtocol {
    private RowProtocol() {}

    /** LOOK: a value, if there is one. */
    public static <V> Step<V, Answer<V>> look(@Nullable Row<V> row, long now, Position position) {
        if (row == null || !row.isUsable(now)) {
            return Step.unchanged(new Answer<>(Answer.Status.NOTHING, 0, null, 0, 0, null, 0, position), row);
        }
        Answer.Status status = row.isFresh(now) ? Answer.Status.HIT : Answer.Status.STALE;
        return Step.unchanged(answer(status, row, null, 0, now, position), row);
    }

    /**
     * ASK: a value, the right to load it, or the order to wait.
     *
     * @param grant the number of the lease, if there will be a new one
     */
    public static <V> Step<V, Answer<V>> ask(@Nullable Row<V> row, Ask ask, long grant, long now, Position position) {
        Row<V> seen = row != null && row.version() == ask.voidVersion() ? row.withoutValue() : row;
        Lease lease = seen == null ? null : seen.lease();
        boolean isFree = lease == null || !lease.isHeld(now);
        boolean isOurs = lease != null && !isFree && lease.isFor(ask.token());
        if (seen != null && seen.isFresh(now) && !(ask.early() && (isFree || isOurs))) {
            return Step.unchanged(answer(Answer.Status.HIT, seen, null, 0, now, position), row);
        }
        if (lease == null || isFree) {
            Set<UUID> waiting = lease == null ? Set.of() : lease.waiting();
            LeaseId id = new LeaseId(ask.token(), grant);
            return leased(seen, new Lease(id, now + ask.leaseFor(), waiting), now, position);
        }
        return isOurs ? leased(seen, lease, now, position) : busy(requireNonNull(seen), lease, ask, now, position);
    }

    private static <V> Step<V, Answer<V>> leased(@Nullable Row<V> row, Lease lease, long now, Position position) {
        boolean usable = row != null && row.isUsable(now);
        Row<V> after = row != null && usable ? row.with(lease) : Row.leased(row == null ? 0 : row.version(), lease);
        Answer.Status status = usable ? Answer.Status.STALE_LOAD : Answer.Status.LOAD;
        return Step.leased(answer(status, after, lease.id(), lease.until() - now, now, position), after);
    }

    private static <V> Step<V, Answer<V>> busy(Row<V> row, Lease lease, Ask ask, long now, Position position) {
        long leaseFor = lease.until() - now;
        if (row.isUsable(now)) {
            return Step.unchanged(answer(Answer.Status.STALE, row, null, leaseFor, now, position), row);
        }
        Row<V> after = row.with(lease.awaitedBy(ask.reader()));
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
    public static <V> Step<V, Written> fill(
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
    public static <V> Step<V, Boolean> abandon(@Nullable Row<V> row, LeaseId lease, long now) {
        if (row == null || !row.isLeasedAs(lease)) {
            return Step.unchanged(false, row);
        }
        return Step.ended(true, row.isUsable(now) ? row.with(null) : null, row.waiting());
    }

    /** POSTPONE: a load has failed, and until another one may begin the stale value is to do. */
    public static <V> Step<V, Boolean> postpone(@Nullable Row<V> row, LeaseId id, long leaseFor, long now) {
        Lease lease = row == null ? null : row.lease();
        if (row == null || lease == null || !row.isLeasedAs(id) || !row.isUsable(now)) {
            return abandon(row, id, now);
        }
        return Step.leased(true, row.with(new Lease(id, now + leaseFor, lease.waiting())));
    }

    /**
     * PUT: a change that brings the value. Whether it may take place has been {@linkplain Condition asked} before, and that
     * it is no {@linkplain #isRepetition repetition}.
     *
     * @param operation which one it is
     */
    public static <V> Step<V, Written> put(
            @Nullable Row<V> row, long operation, Content<V> content, long version, long now, Position position) {
        Row<V> after = Row.of(content, version, changeId(operation), now);
        return Step.ended(new Written(true, version, position), after, waitingFor(row));
    }

    /** ADD: a change that replaces the value and leaves its times as they are. */
    public static <V> Step<V, Written> update(
            Row<V> row, long operation, V value, long version, long now, Position position) {
        Content<V> content = new Content<>(value, row.freshUntil() - now, row.usableUntil() - now);
        return put(row, operation, content, version, now, position);
    }

    /** Whether a change has taken place, and nothing after it; its owner may have been another one. */
    public static boolean isRepetition(@Nullable Row<?> row, long operation) {
        return row != null && changeId(operation).equals(row.filledBy());
    }

    /** No lease has this grant. */
    private static LeaseId changeId(long operation) {
        return new LeaseId(operation, 0);
    }

    /**
     * A change that has taken place comes once more. Its own backup may have failed, and that of what has replaced it
     * since: the backups get the row as it is now.
     */
    public static <V> Step<V, Written> repeated(@Nullable Row<V> row, Written first) {
        return Step.ended(first, row, Set.of());
    }

    /** INVALIDATE: a change after which the value must be loaded anew. */
    public static <V> Step<V, Written> invalidate(@Nullable Row<V> row, Position position) {
        return Step.ended(new Written(true, 0, position), null, waitingFor(row));
    }

    private static Set<UUID> waitingFor(@Nullable Row<?> row) {
        return row == null ? Set.of() : row.waiting();
    }
}
