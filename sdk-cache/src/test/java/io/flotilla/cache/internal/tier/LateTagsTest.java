package io.flotilla.cache.internal.tier;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Ask;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.NearValue;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.Written;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.cache.internal.wire.Envelope;
import io.flotilla.spi.codec.CodecSettings;
import io.flotilla.spi.codec.ValueFormats;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("all")
final class LateTagsTest {
    private long now = TimeUnit.SECONDS.toNanos(100);
    private long slowness;

    private final Payloads<Long> payloads = new Payloads<>(
            "$tags", Long.class, ValueFormats.of(CodecSettings.defaults("cache"), Long.class.getClassLoader()), false);
    private final LocalStore<Long> local =
            new LocalStore<>(payloads, Caffeine.newBuilder().<CacheKey, Row<Held<Long>>>build(), () -> now, key -> {});

    /** An owner that takes some time to answer, and nothing near: the first time this member meets a tag. */
    private final Store<Long> owner = new Store<>() {
        public @Nullable NearValue<CacheKey, Held<Long>> near(CacheKey key) {
            return null;
        }

        public @Nullable NearValue<CacheKey, Held<Long>> lastNear(CacheKey key) {
            return null;
        }

        public Answer<Held<Long>> look(CacheKey key) {
            now += slowness;
            return local.look(key);
        }

        public Answer<Held<Long>> ask(CacheKey key, Ask ask) {
            return local.ask(key, ask);
        }

        public Written fill(CacheKey key, LeaseId lease, Envelope content, Lifetime lifetime) {
            return local.fill(key, lease, content, lifetime);
        }

        public void giveUp(CacheKey key, LeaseId lease, long postponedFor) {}

        public Written put(CacheKey key, Envelope content, Lifetime lifetime, Condition condition) {
            return local.put(key, content, lifetime, condition);
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

    private final Generations generations = new Generations(owner, owner, payloads, () -> now, UUID::randomUUID);

    @Test
    void aTagThatWasVoidedDuringTheLoadIsNoticedHoweverSlowItsOwnerAnswers() {
        long begin = now;
        now += TimeUnit.MILLISECONDS.toNanos(50); // the loader has read the database
        generations.renewTag("c", "drinks"); // somebody changes it, and says so
        now += TimeUnit.MILLISECONDS.toNanos(50); // the loader names the tag and returns

        slowness = TimeUnit.MILLISECONDS.toNanos(1_200); // a pause of the tag's owner
        assertThat(generations.of("c", List.of("drinks"), begin)).isEmpty();
    }

    @Test
    void orHoweverManyTagsThereAre() {
        long begin = now;
        generations.renewTag("c", "tag-99");
        now += TimeUnit.MILLISECONDS.toNanos(50);

        slowness = TimeUnit.MILLISECONDS.toNanos(15);
        assertThat(generations.of(
                        "c", IntStream.range(0, 100).mapToObj(i -> "tag-" + i).toList(), begin))
                .isEmpty();
    }
}
