package io.flotilla.cache.internal.tier;

import com.github.benmanes.caffeine.cache.Cache;
import com.hazelcast.map.IMap;
import io.flotilla.ClusterException;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Ask;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.protocol.Content;
import io.flotilla.cache.internal.protocol.FirstTier;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.NearValue;
import io.flotilla.cache.internal.protocol.Written;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.cache.internal.wire.Envelope;
import io.flotilla.cache.internal.wire.RowRecord;
import io.flotilla.cache.internal.wire.WrittenReply;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.Serving;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store over both tiers: what an owner answers is taken near by the rules of the protocol, and what this member writes it
 * sees itself at once.
 */
public final class ClusterStore<V> implements Store<V> {
    private static final Logger log = LoggerFactory.getLogger(ClusterStore.class);

    private final Payloads<V> payloads;
    private final SecondTier second;
    private final Cache<CacheKey, NearValue<CacheKey, Held<V>>> values;
    private final FirstTier<CacheKey, Held<V>> near;
    private final Streams streams;
    private final Settlement settlement;
    private final Serving serving;
    private final Reclaiming reclaiming;
    private final ExecutorService cleaning;
    private final Flavour flavour;
    private final AtomicLong changes = new AtomicLong();

    /**
     * How a store differs from others.
     *
     * @param keepsNear whether anything is kept near
     * @param settles whether a change returns only when no member answers what was there before
     */
    public record Flavour(boolean keepsNear, boolean settles) {}

    /**
     * @param mapName the map of the second tier
     * @param values where the values near are, bounded
     */
    public ClusterStore(
            String cache,
            String mapName,
            Payloads<V> payloads,
            Cache<CacheKey, NearValue<CacheKey, Held<V>>> values,
            Flavour flavour,
            Shared shared) {
        this.payloads = payloads;
        this.second = new SecondTier(cache, mapName, shared.context());
        this.values = values;
        this.near = new FirstTier<>(values.asMap());
        this.streams = shared.streams();
        this.settlement = new Settlement(shared.streams());
        this.serving = shared.context().serving();
        this.reclaiming =
                new Reclaiming(second.map(), shared.context().hazelcast().getPartitionService());
        this.cleaning = shared.cleaning();
        this.flavour = flavour;
        shared.stores().add(cache, this);
    }

    /**
     * What all stores of a member share.
     *
     * @param cleaning a thread that frees memory
     */
    public record Shared(ModuleContext context, Streams streams, Stores stores, ExecutorService cleaning) {}

    public IMap<String, RowRecord> map() {
        return second.map();
    }

    @Override
    public @Nullable NearValue<CacheKey, Held<V>> near(CacheKey key) {
        return serving.isOpen() ? near.get(key) : null;
    }

    @Override
    public @Nullable NearValue<CacheKey, Held<V>> lastNear(CacheKey key) {
        return near.get(key);
    }

    @Override
    public Answer<Held<V>> look(CacheKey key) {
        return asked(key, () -> second.look(key.key()));
    }

    @Override
    public Answer<Held<V>> ask(CacheKey key, Ask ask) {
        return asked(key, () -> second.ask(key.key(), ask));
    }

    private Answer<Held<V>> asked(CacheKey key, Supplier<Answer<byte[]>> owner) {
        long askedAt = streams.now();
        Answer<byte[]> answer = owner.get();
        byte[] bytes = answer.value();
        Held<V> held = bytes == null ? null : payloads.held(key.key(), bytes);
        Answer<Held<V>> read = answer.with(held);
        if (flavour.keepsNear() && held != null) {
            near.install(key, second.partition(key.key()), read, streams.views(), askedAt, streams.now());
        }
        return read;
    }

    @Override
    public Written fill(CacheKey key, LeaseId lease, Envelope content, Lifetime lifetime) {
        long askedAt = streams.now();
        Written written = second.fill(key.key(), lease, contentOf(content, lifetime));
        if (written.stored()) {
            stored(key, content, lifetime, written, askedAt);
        }
        return written;
    }

    @Override
    public void giveUp(CacheKey key, LeaseId lease, long postponedFor) {
        try {
            second.giveUp(key.key(), lease, postponedFor);
        } catch (ClusterException unavailable) {
            log.debug("a lease ends by its time", unavailable);
        }
    }

    @Override
    public Written put(CacheKey key, Envelope content, Lifetime lifetime, Condition condition) {
        long askedAt = streams.now();
        Written written = changed(key, () -> second.put(key.key(), contentOf(content, lifetime), condition));
        if (written.stored()) {
            stored(key, content, lifetime, written, askedAt);
            settle(key, written);
        }
        return written;
    }

    @Override
    public OptionalLong add(CacheKey key, long amount, Envelope begin, Lifetime lifetime, long voidVersion) {
        WrittenReply[] reply = new WrittenReply[1];
        Written written = changed(key, () -> {
            reply[0] = second.add(key.key(), amount, contentOf(begin, lifetime), voidVersion);
            return reply[0].written();
        });
        if (reply[0].outcome() == WrittenReply.Outcome.NO_NUMBER) {
            return OptionalLong.empty();
        }
        settle(key, written);
        return OptionalLong.of(reply[0].number());
    }

    @Override
    public void invalidate(CacheKey key) {
        settle(key, changed(key, () -> second.invalidate(key.key())));
    }

    private Written changed(CacheKey key, Supplier<Written> change) {
        Written written;
        try {
            written = change.get();
        } catch (ClusterException unknown) {
            near.doubt(key);
            changes.incrementAndGet();
            throw unknown;
        }
        if (written.stored()) {
            near.changed(key, second.partition(key.key()), written.position(), streams.views(), streams.now());
            changes.incrementAndGet();
        }
        return written;
    }

    private void stored(CacheKey key, Envelope content, Lifetime lifetime, Written written, long askedAt) {
        if (flavour.keepsNear()) {
            Held<V> held = payloads.held(key.key(), content, payloads.decode(content));
            Content<Held<V>> near = new Content<>(held, lifetime.freshFor(), lifetime.usableFor());
            this.near.stored(key, second.partition(key.key()), near, written, streams.views(), askedAt, streams.now());
        }
    }

    private void settle(CacheKey key, Written written) {
        if (flavour.settles()) {
            settlement.await(written.position(), second.partition(key.key()));
        }
    }

    private static Content<byte[]> contentOf(Envelope content, Lifetime lifetime) {
        return new Content<>(content.toBytes(), lifetime.freshFor(), lifetime.usableFor());
    }

    void changed(CacheKey key, UUID owner, long number) {
        near.changed(key, owner, number);
        changes.incrementAndGet();
    }

    void dropNear() {
        values.invalidateAll();
        changes.incrementAndGet();
    }

    @Override
    public void reclaim(long epoch) {
        try {
            cleaning.execute(() -> removeRows(epoch));
        } catch (RejectedExecutionException closed) {
            return; // this member leaves, and its memory goes with it
        }
    }

    private void removeRows(long epoch) {
        try {
            values.asMap().values().removeIf(near -> near.value().facts().epoch() == epoch);
            reclaiming.remove(epoch);
        } catch (RuntimeException failure) {
            log.debug("void values stay until their end", failure);
        }
    }

    @Override
    public long changes() {
        return changes.get();
    }

    @Override
    public long nearCount() {
        return values.estimatedSize();
    }

    @Override
    public long evictions() {
        return values.stats().evictionCount();
    }
}
