package io.flotilla.cache.internal.tier;

import static java.util.Objects.requireNonNull;

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
import io.flotilla.cache.internal.wire.AnswerReply;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.cache.internal.wire.Envelope;
import io.flotilla.cache.internal.wire.RowRecord;
import io.flotilla.cache.internal.wire.WrittenReply;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.Serving;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
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
    private static final int AT_ONCE = 500;

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

    @Override
    public Map<CacheKey, Answer<Held<V>>> lookAll(Set<CacheKey> keys) {
        return askedAll(keys, second::lookAll);
    }

    @Override
    public Map<CacheKey, Answer<Held<V>>> askAll(Set<CacheKey> keys, Ask ask) {
        return askedAll(keys, texts -> second.askAll(texts, ask));
    }

    private Map<CacheKey, Answer<Held<V>>> askedAll(
            Set<CacheKey> keys, Function<Set<String>, Map<String, AnswerReply>> owners) {
        Map<CacheKey, Answer<Held<V>>> answers = new HashMap<>();
        for (Map<String, CacheKey> each : slices(keys)) {
            long askedAt = streams.now();
            owners.apply(each.keySet()).forEach((text, reply) -> {
                CacheKey key = requireNonNull(each.get(text));
                answers.put(key, read(key, reply.answer(), askedAt));
            });
        }
        return answers;
    }

    /** No message is longer than this, and no more are on the way at once. */
    private static List<Map<String, CacheKey>> slices(Set<CacheKey> keys) {
        List<Map<String, CacheKey>> slices = new ArrayList<>();
        Iterator<CacheKey> left = keys.iterator();
        while (left.hasNext()) {
            Map<String, CacheKey> slice = new LinkedHashMap<>();
            while (left.hasNext() && slice.size() < AT_ONCE) {
                CacheKey key = left.next();
                slice.put(key.key(), key);
            }
            slices.add(slice);
        }
        return slices;
    }

    private Answer<Held<V>> asked(CacheKey key, Supplier<Answer<byte[]>> owner) {
        long askedAt = streams.now();
        return read(key, owner.get(), askedAt);
    }

    private Answer<Held<V>> read(CacheKey key, Answer<byte[]> answer, long askedAt) {
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
    public Map<CacheKey, Written> fillAll(Map<CacheKey, Filling> fillings) {
        Map<CacheKey, Written> written = new HashMap<>();
        for (Map<String, CacheKey> slice : slices(fillings.keySet())) {
            long askedAt = streams.now();
            Map<String, SecondTier.Filling> contents = new HashMap<>();
            slice.forEach((text, key) -> {
                Filling each = requireNonNull(fillings.get(key));
                contents.put(text, new SecondTier.Filling(each.lease(), contentOf(each.content(), each.lifetime())));
            });
            second.fillAll(contents).forEach((text, reply) -> {
                CacheKey key = requireNonNull(slice.get(text));
                Filling each = requireNonNull(fillings.get(key));
                written.put(key, reply.written());
                if (reply.written().stored()) {
                    stored(key, each.content(), each.lifetime(), reply.written(), askedAt);
                }
            });
        }
        return written;
    }

    @Override
    public void putAll(Map<CacheKey, Putting> puttings) {
        for (Map<String, CacheKey> slice : slices(puttings.keySet())) {
            long askedAt = streams.now();
            Map<String, Content<byte[]>> contents = new HashMap<>();
            slice.forEach((text, key) -> {
                Putting each = requireNonNull(puttings.get(key));
                contents.put(text, contentOf(each.content(), each.lifetime()));
            });
            Map<CacheKey, Written> written = changedAll(slice, () -> second.putAll(contents));
            written.forEach((key, change) -> {
                Putting each = requireNonNull(puttings.get(key));
                stored(key, each.content(), each.lifetime(), change, askedAt);
            });
            written.forEach(this::settle);
        }
    }

    @Override
    public void invalidateAll(Set<CacheKey> keys) {
        for (Map<String, CacheKey> slice : slices(keys)) {
            changedAll(slice, () -> second.invalidateAll(slice.keySet())).forEach(this::settle);
        }
    }

    private Map<CacheKey, Written> changedAll(Map<String, CacheKey> keys, Supplier<Map<String, WrittenReply>> change) {
        Map<CacheKey, Written> written = new HashMap<>();
        try {
            change.get().forEach((text, reply) -> written.put(requireNonNull(keys.get(text)), reply.written()));
        } catch (ClusterException unknown) {
            keys.values().forEach(this::doubt);
            throw unknown;
        }
        written.forEach(this::noted);
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
            doubt(key);
            throw unknown;
        }
        noted(key, written);
        return written;
    }

    private void doubt(CacheKey key) {
        near.doubt(key);
        changes.incrementAndGet();
    }

    private void noted(CacheKey key, Written written) {
        if (written.stored()) {
            near.changed(key, second.partition(key.key()), written.position(), streams.views(), streams.now());
            changes.incrementAndGet();
        }
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
