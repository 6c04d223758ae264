package io.flotilla.cache.internal.tier;

import com.github.benmanes.caffeine.cache.Cache;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Ask;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.protocol.Content;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.NearValue;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.RowProtocol;
import io.flotilla.cache.internal.protocol.Step;
import io.flotilla.cache.internal.protocol.StreamView;
import io.flotilla.cache.internal.protocol.Written;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.cache.internal.wire.Envelope;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A store of this member alone: it is the owner of all its keys, and what it has is near. */
public final class LocalStore<V> implements Store<V> {
    private static final Position HERE = new Position(new UUID(0, 0), 0);

    private final Payloads<V> payloads;
    private final Cache<CacheKey, Row<Held<V>>> rows;
    private final LongSupplier ticker;
    private final Consumer<CacheKey> ended;
    private final StreamView<CacheKey> view = StreamView.ofItself();
    private final AtomicLong versions = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();

    /**
     * @param rows where the values are, bounded
     * @param ended called when a load has ended
     */
    public LocalStore(
            Payloads<V> payloads, Cache<CacheKey, Row<Held<V>>> rows, LongSupplier ticker, Consumer<CacheKey> ended) {
        this.payloads = payloads;
        this.rows = rows;
        this.ticker = ticker;
        this.ended = ended;
    }

    @Override
    public @Nullable NearValue<CacheKey, Held<V>> near(CacheKey key) {
        Row<Held<V>> row = rows.getIfPresent(key);
        Held<V> held = row == null ? null : row.value();
        return row == null || held == null
                ? null
                : new NearValue<>(
                        view,
                        0,
                        0,
                        row.version(),
                        held,
                        TimeUnit.MILLISECONDS.toNanos(row.freshUntil()),
                        TimeUnit.MILLISECONDS.toNanos(row.usableUntil()));
    }

    @Override
    public @Nullable NearValue<CacheKey, Held<V>> lastNear(CacheKey key) {
        return near(key);
    }

    @Override
    public Answer<Held<V>> look(CacheKey key) {
        return step(key, row -> RowProtocol.look(row, now(), HERE));
    }

    @Override
    public Answer<Held<V>> ask(CacheKey key, Ask ask) {
        return step(key, row -> RowProtocol.ask(row, ask, versions.incrementAndGet(), now(), HERE));
    }

    @Override
    public Written fill(CacheKey key, LeaseId lease, Envelope content, Lifetime lifetime) {
        return step(
                key,
                row -> RowProtocol.fill(
                        row, lease, contentOf(key, content, lifetime), versions.incrementAndGet(), now(), HERE));
    }

    @Override
    public void giveUp(CacheKey key, LeaseId lease, long postponedFor) {
        boolean unused = step(
                key,
                row -> postponedFor == 0
                        ? RowProtocol.abandon(row, lease, now())
                        : RowProtocol.postpone(row, lease, postponedFor, now()));
    }

    @Override
    public Written put(CacheKey key, Envelope content, Lifetime lifetime, Condition condition) {
        long version = versions.incrementAndGet();
        Content<Held<V>> held = contentOf(key, content, lifetime);
        return step(
                key,
                row -> condition.holds(withoutNothing(row), now())
                        ? RowProtocol.put(row, version, held, version, now(), HERE)
                        : Step.unchanged(new Written(false, 0, HERE), row));
    }

    @Override
    public OptionalLong add(CacheKey key, long amount, Envelope begin, Lifetime lifetime, long voidVersion) {
        return step(key, row -> added(row, key, amount, begin, lifetime, voidVersion));
    }

    private Step<Held<V>, OptionalLong> added(
            @Nullable Row<Held<V>> row,
            CacheKey key,
            long amount,
            Envelope begin,
            Lifetime lifetime,
            long voidVersion) {
        Row<Held<V>> seen = withoutNothing(row);
        Held<V> present = seen != null && seen.isFresh(now()) && seen.version() != voidVersion ? seen.value() : null;
        if (present != null && !(present.value() instanceof Long)) {
            return Step.unchanged(OptionalLong.empty(), row);
        }
        long sum = (present != null && present.value() instanceof Long number ? number : 0) + amount;
        long version = versions.incrementAndGet();
        Envelope after = begin.facts().with(Envelope.Kind.NUMBER, Envelope.numberBytes(sum));
        Step<Held<V>, Written> step = row == null || present == null
                ? RowProtocol.put(row, version, contentOf(key, after, lifetime), version, now(), HERE)
                : RowProtocol.update(row, version, heldOf(key, after), version, now(), HERE);
        return step.replying(OptionalLong.of(sum));
    }

    /** That there is nothing counts as absent for whoever writes. */
    private static <V> @Nullable Row<Held<V>> withoutNothing(@Nullable Row<Held<V>> row) {
        Held<V> held = row == null ? null : row.value();
        return row != null && held != null && held.isNothing() ? row.withoutValue() : row;
    }

    @Override
    public void invalidate(CacheKey key) {
        Written unused = step(key, row -> RowProtocol.invalidate(row, HERE));
    }

    /** Runs a step under the key's lock. */
    private <R> R step(CacheKey key, Function<@Nullable Row<Held<V>>, Step<Held<V>, R>> step) {
        Object[] done = new Object[1];
        rows.asMap().compute(key, (k, row) -> {
            Step<Held<V>, R> result = step.apply(row);
            done[0] = result;
            return result.row();
        });
        @SuppressWarnings("unchecked")
        Step<Held<V>, R> result = (Step<Held<V>, R>) done[0];
        changes.incrementAndGet();
        if (!result.woken().isEmpty()) {
            ended.accept(key);
        }
        return result.reply();
    }

    private Content<Held<V>> contentOf(CacheKey key, Envelope content, Lifetime lifetime) {
        return new Content<>(heldOf(key, content), lifetime.freshFor(), lifetime.usableFor());
    }

    private Held<V> heldOf(CacheKey key, Envelope content) {
        return payloads.held(key.key(), content, payloads.decode(content));
    }

    /** Rows are in milliseconds, of elapsed time here. */
    private long now() {
        return TimeUnit.NANOSECONDS.toMillis(ticker.getAsLong());
    }

    @Override
    public void reclaim(long epoch) {
        rows.asMap()
                .values()
                .removeIf(row -> row.value() != null && row.value().facts().epoch() == epoch);
        changes.incrementAndGet();
    }

    @Override
    public long changes() {
        return changes.get();
    }

    @Override
    public long nearCount() {
        return rows.estimatedSize();
    }

    @Override
    public long evictions() {
        return rows.stats().evictionCount();
    }
}
