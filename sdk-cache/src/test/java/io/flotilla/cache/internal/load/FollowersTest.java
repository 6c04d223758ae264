package io.flotilla.cache.internal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.flotilla.cache.CachesBuilder;
import io.flotilla.cache.internal.CacheConfig;
import io.flotilla.cache.internal.Counts;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.tier.Generations;
import io.flotilla.cache.internal.tier.Held;
import io.flotilla.cache.internal.tier.LocalStore;
import io.flotilla.cache.internal.tier.Payloads;
import io.flotilla.cache.internal.tier.Store;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.cache.internal.wire.Envelope;
import io.flotilla.spi.codec.CodecSettings;
import io.flotilla.spi.codec.ValueFormats;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads of one member that want the same value, which nobody keeps near. */
@Timeout(60)
final class FollowersTest {
    private final CacheKey key = new CacheKey("c", "tea");
    private final Payloads<String> payloads = payloads("c", String.class);
    private final Payloads<Long> numbers = payloads(Generations.TAGS, Long.class);
    private final LocalStore<Long> numberStore =
            new LocalStore<>(numbers, Caffeine.newBuilder().<CacheKey, Row<Held<Long>>>build(), () -> 0, k -> {});
    private final Generations generations =
            new Generations(numberStore, numberStore, numbers, () -> 0, UUID::randomUUID);
    private final ExecutorService behind = Executors.newSingleThreadExecutor();
    private final AtomicInteger asks = new AtomicInteger();
    private final Semaphore answers = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile String origin = "old";
    private final Loading<String> loading = loading();

    @AfterEach
    void stop() {
        behind.shutdownNow();
    }

    private static <V> Payloads<V> payloads(String cache, Class<V> type) {
        return new Payloads<>(
                cache, type, ValueFormats.of(CodecSettings.defaults("cache"), type.getClassLoader()), false);
    }

    private Loading<String> loading() {
        CacheConfig config = CachesBuilder.describe("c", c -> c.jitter(0));
        Counts counts = new Counts();
        Store<String> store = store();
        Reading<String> reading = new Reading<>("c", store, generations, counts, () -> 0);
        Origin<String> source =
                new Origin<>(config, new Lifetimes(config.times()), payloads, generations, counts, () -> 0);
        Loading.Shared shared = new Loading.Shared(new Flights(), behind, () -> 0, UUID::randomUUID);
        return new Loading<>(config, store, reading, source, counts, shared);
    }

    /** A store that answers what there was when it was asked, once it may. */
    @SuppressWarnings("unchecked") // the proxy implements the interface asked for
    private Store<String> store() {
        return (Store<String>) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, args) -> {
                    if (List.of("near", "lastNear").contains(method.getName())) {
                        return null;
                    }
                    assertThat(method.getName()).isEqualTo("ask");
                    Answer<Held<String>> answer = answer(origin);
                    asks.incrementAndGet();
                    answers.acquire();
                    return answer;
                });
    }

    private Answer<Held<String>> answer(String value) {
        Envelope.Facts facts = Envelope.Facts.ofPut(generations.present(generations.epochOf("c")), 10_000, List.of());
        Held<String> held = payloads.held("tea", payloads.envelope(value, facts), value);
        return new Answer<>(Answer.Status.HIT, 1, held, 10_000, 10_000, null, 0, new Position(new UUID(0, 0), 0));
    }

    private FutureTask<String> asking() {
        FutureTask<String> task = new FutureTask<>(() -> loading.get(key, load -> {
                    throw new AssertionError("there is a value");
                })
                .held()
                .value());
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
        return task;
    }

    private void awaitAllWait() {
        await().until(() -> threads.stream()
                .allMatch(each -> each.getState() == Thread.State.WAITING
                        || each.getState() == Thread.State.TIMED_WAITING
                        || each.getState() == Thread.State.TERMINATED));
    }

    @Test
    void manyAskTheOwnerTogether() throws Exception {
        List<FutureTask<String>> all = new ArrayList<>();
        all.add(asking());
        await().until(() -> asks.get() == 1);
        for (int i = 0; i < 20; i++) {
            all.add(asking());
        }
        awaitAllWait();

        answers.release();
        await().until(() -> asks.get() == 2);
        awaitAllWait();
        answers.release(50);
        for (FutureTask<String> each : all) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isEqualTo("old");
        }

        assertThat(asks.get())
                .as("one asked for itself, one for those who came meanwhile; a few may come late")
                .isLessThan(6);
    }

    @Test
    void nobodyTakesAnAnswerFromBeforeItAsked() throws Exception {
        FutureTask<String> early = asking();
        await().until(() -> asks.get() == 1);
        origin = "new";
        FutureTask<String> late = asking();
        awaitAllWait();

        answers.release(2);

        assertThat(early.get(10, TimeUnit.SECONDS)).isEqualTo("old");
        assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo("new");
    }
}
