package io.flotilla.cache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.flotilla.cache.CachesBuilder;
import io.flotilla.cache.internal.CacheConfig;
import io.flotilla.cache.internal.Counts;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Ask;
import io.flotilla.cache.internal.protocol.Bulletin;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.protocol.FirstTier;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.NearValue;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.StreamViews;
import io.flotilla.cache.internal.protocol.Written;
import io.flotilla.cache.internal.tier.Generations;
import io.flotilla.cache.internal.tier.Held;
import io.flotilla.cache.internal.tier.LocalStore;
import io.flotilla.cache.internal.tier.Payloads;
import io.flotilla.cache.internal.tier.Store;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.cache.internal.wire.Envelope;
import io.flotilla.spi.codec.CodecSettings;
import io.flotilla.spi.codec.ValueFormats;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("all")
final class StaleAndProvenTest {
    private final UUID owner = UUID.randomUUID();
    private final CacheKey key = new CacheKey("c", "tea");
    private long now;
    private final StreamViews<CacheKey> views =
            new StreamViews<>(UUID.randomUUID(), 1, 10, (k, o, n) -> {}, () -> this.now);
    private final FirstTier<CacheKey, Held<String>> near = new FirstTier<>(new ConcurrentHashMap<>());
    private final Payloads<Long> numbers = new Payloads<>(
            "$tags", Long.class, ValueFormats.of(CodecSettings.defaults("cache"), Long.class.getClassLoader()), false);
    private final LocalStore<Long> numberStore =
            new LocalStore<>(numbers, Caffeine.newBuilder().<CacheKey, Row<Held<Long>>>build(), () -> now, k -> {});
    private final Generations generations =
            new Generations(numberStore, numberStore, numbers, () -> now, UUID::randomUUID);
    private final Payloads<String> payloads = new Payloads<>(
            "c", String.class, ValueFormats.of(CodecSettings.defaults("cache"), String.class.getClassLoader()), false);
    private @Nullable Answer<Held<String>> answer;

    private final Store<String> store = new Store<>() {
        public @Nullable NearValue<CacheKey, Held<String>> near(CacheKey key) {
            return near.get(key);
        }

        public @Nullable NearValue<CacheKey, Held<String>> lastNear(CacheKey key) {
            return near.get(key);
        }

        public Answer<Held<String>> look(CacheKey key) {
            return answer;
        }

        public Answer<Held<String>> ask(CacheKey key, Ask ask) {
            return answer;
        }

        public Written fill(CacheKey key, LeaseId lease, Envelope content, Lifetime lifetime) {
            throw new AssertionError();
        }

        public void giveUp(CacheKey key, LeaseId lease, long postponedFor) {}

        public Written put(CacheKey key, Envelope content, Lifetime lifetime, Condition condition) {
            throw new AssertionError();
        }

        public OptionalLong add(CacheKey key, long amount, Envelope begin, Lifetime lifetime, long voidVersion) {
            throw new AssertionError();
        }

        public void invalidate(CacheKey key) {}

        public void reclaim(long epoch) {}

        public long changes() {
            return 0;
        }

        public long nearCount() {
            return 0;
        }

        public long evictions() {
            return 0;
        }
    };

    private Held<String> held(String value) {
        Envelope.Facts facts = Envelope.Facts.ofPut(generations.present(generations.epochOf("c")), 10_000, List.of());
        return payloads.held("tea", payloads.envelope(value, facts), value);
    }

    private void proven() {
        views.take(new Bulletin<>(owner, 1, List.of(), 0, 0, now));
    }

    @Test
    void whatMayHaveChangedIsNotServedForAMinuteWithoutAskingItsOwner() {
        CacheConfig config = CachesBuilder.describe(
                "c",
                c -> c.ttl(Duration.ofSeconds(10))
                        .jitter(0)
                        .staleFor(Duration.ofMinutes(5))
                        .retryAfter(Duration.ofMinutes(1)));
        Counts counts = new Counts();
        Reading<String> reading = new Reading<>("c", store, generations, counts, () -> now);
        Origin<String> origin =
                new Origin<>(config, new Lifetimes(config.times()), payloads, generations, counts, () -> now);
        Loading<String> loading = new Loading<>(
                config,
                store,
                reading,
                origin,
                counts,
                new Loading.Shared(new Flights(), Executors.newSingleThreadExecutor(), () -> now, UUID::randomUUID));
        views.joined(owner);
        proven();
        Position position = new Position(owner, 0);
        near.install(
                key,
                0,
                new Answer<>(Answer.Status.HIT, 1, held("old"), 10_000, 310_000, null, 0, position),
                views,
                now,
                now);
        now = TimeUnit.SECONDS.toNanos(11);
        proven();
        answer =
                new Answer<>(Answer.Status.STALE_LOAD, 1, held("old"), 0, 299_000, new LeaseId(1, 1), 30_000, position);
        Found<String> stale = loading.get(key, load -> {
            throw new IllegalStateException("down");
        });
        assertThat(stale.held().value()).isEqualTo("old");

        // From here on no bulletin comes. Another member puts a new value; the owner can be asked at any time.
        answer = new Answer<>(Answer.Status.HIT, 2, held("new"), 10_000, 310_000, null, 0, new Position(owner, 1));
        now += TimeUnit.SECONDS.toNanos(50);
        Found<String> found = loading.get(key, load -> {
            throw new IllegalStateException("down");
        });
        assertThat(found.held().value()).as("47 s after the proof ran out").isEqualTo("new");
    }
}
