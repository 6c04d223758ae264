package io.flotilla.cache;

import static io.flotilla.cache.TestCaches.cache;
import static io.flotilla.cache.TestCaches.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flotilla.ClusterBuilder;
import io.flotilla.SplitPolicy;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What users rely on, through the public API, on members of one JVM. */
final class CachesTest implements ClusterTest.Setup {

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.install(Caches.module(caches -> caches.cache("prices", prices -> prices.jitter(0))
                .cache(
                        "news",
                        news -> news.ttl(Duration.ofSeconds(10))
                                .jitter(0)
                                .staleFor(Duration.ofMinutes(5))
                                .retryAfter(Duration.ofSeconds(5)))
                .cache("maybe", maybe -> maybe.negativeTtl(Duration.ofSeconds(30)))
                .cache("strict", strict -> strict.mode(CacheMode.SYNC_INVALIDATE))
                .cache("asked", asked -> asked.mode(CacheMode.L2_ONLY))
                .cache("own", own -> own.mode(CacheMode.LOCAL).staleFor(Duration.ofMinutes(1)))));
    }

    private static List<Cache<String, String>> all(TestCluster cluster, String name) {
        return cluster.running().stream().map(i -> cache(cluster, i, name)).toList();
    }

    @ClusterTest(members = 3)
    void aValueIsSeenByAllMembersAndThenNear(TestCluster cluster) {
        cache(cluster, 0, "prices").put("tea", "3");

        for (Cache<String, String> each : all(cluster, "prices")) {
            assertThat(each.get("tea")).hasValue("3");
            // Where the stream of the owner is not known yet nothing is kept near.
            await().untilAsserted(() ->
                    assertThat(each.entry("tea").orElseThrow().tier()).isEqualTo(Tier.L1));
        }
    }

    @ClusterTest(members = 3)
    void aChangeReachesWhatIsNear(TestCluster cluster) {
        for (int i = 0; i < 3; i++) {
            String key = keyOf(cluster, i);
            cache(cluster, 0, "prices").put(key, "old");
            awaitNear(cluster, "prices", key);

            cache(cluster, 1, "prices").put(key, "new");

            assertThat(cache(cluster, 1, "prices").get(key))
                    .as("the writer's own")
                    .hasValue("new");
            await().atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(all(cluster, "prices"))
                            .allSatisfy(each -> assertThat(each.get(key)).hasValue("new")));
        }
    }

    private static void awaitNear(TestCluster cluster, String cache, String key) {
        await().untilAsserted(() -> assertThat(all(cluster, cache))
                .allSatisfy(
                        each -> assertThat(each.entry(key).orElseThrow().tier()).isEqualTo(Tier.L1)));
    }

    @ClusterTest(members = 3)
    void anInvalidatedValueIsGone(TestCluster cluster) {
        cache(cluster, 0, "prices").put("tea", "3");
        awaitNear(cluster, "prices", "tea");

        cache(cluster, 2, "prices").invalidate("tea");

        assertThat(cache(cluster, 2, "prices").get("tea")).isEmpty();
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(all(cluster, "prices"))
                        .allSatisfy(each -> assertThat(each.get("tea")).isEmpty()));
    }

    @ClusterTest(members = 3)
    void aSynchronousChangeIsSeenEverywhereWhenItReturns(TestCluster cluster) {
        List<Cache<String, String>> caches = all(cluster, "strict");
        caches.get(0).put("tea", "0");
        awaitNear(cluster, "strict", "tea");

        for (int i = 1; i <= 300; i++) {
            String value = Integer.toString(i);
            caches.get(i % 3).put("tea", value);
            assertThat(caches).allSatisfy(each -> assertThat(each.get("tea")).hasValue(value));
        }
    }

    @ClusterTest(members = 3)
    void onlyTheOwnerAnswersWhereNothingIsKeptNear(TestCluster cluster) {
        List<Cache<String, String>> caches = all(cluster, "asked");

        for (int i = 1; i <= 300; i++) {
            String value = Integer.toString(i);
            caches.get(i % 3).put("tea", value);
            assertThat(caches).allSatisfy(each -> {
                assertThat(each.entry("tea").orElseThrow().tier()).isEqualTo(Tier.L2);
                assertThat(each.get("tea")).hasValue(value);
            });
        }
    }

    @ClusterTest(members = 2)
    void aLocalCacheIsEachMembersOwn(TestCluster cluster) {
        Cache<String, String> one = cache(cluster, 0, "own");
        Cache<String, String> other = cache(cluster, 1, "own");

        one.put("tea", "3");
        assertThat(one.get("tea")).hasValue("3");
        assertThat(other.get("tea")).isEmpty();
        assertThat(other.getOrLoad("tea", (key, load) -> "4")).isEqualTo("4");
        assertThat(one.get("tea")).hasValue("3");
        one.put("milk", "1", EntryOptions.DEFAULT.tags("drinks"));
        one.invalidateTags("drinks");
        assertThat(one.get("milk")).isEmpty();
        assertThat(one.get("tea")).hasValue("3");
        one.clear();
        assertThat(one.get("tea")).isEmpty();
    }

    @ClusterTest(members = 3)
    void ofAllMembersOneLoads(TestCluster cluster) throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(30);
        ExecutorService threads = Executors.newFixedThreadPool(30);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Cache<String, String> cache = cache(cluster, i % 3, "prices");
                results.add(threads.submit(() -> {
                    all.countDown();
                    all.await();
                    return cache.getOrLoad("tea", (key, load) -> "load " + loads.incrementAndGet());
                }));
            }
            for (Future<String> each : results) {
                assertThat(each.get()).isEqualTo("load 1");
            }
        } finally {
            threads.shutdown();
        }
        assertThat(loads).hasValue(1);
    }

    @ClusterTest(members = 3)
    void aLoadThatBeganBeforeAChangeIsNotStored(TestCluster cluster) {
        Cache<String, String> loading = cache(cluster, 0, "prices");
        Cache<String, String> changing = cache(cluster, 1, "prices");

        String loaded = loading.getOrLoad("tea", (key, load) -> {
            changing.invalidate(key);
            return "old";
        });

        assertThat(loaded).as("whoever asked gets it").isEqualTo("old");
        assertThat(all(cluster, "prices"))
                .allSatisfy(each -> assertThat(each.get("tea")).isEmpty());
    }

    @ClusterTest(members = 3)
    void tagsVoidWhatBearsThem(TestCluster cluster) {
        Cache<String, String> one = cache(cluster, 0, "prices");
        one.put("tea", "3", EntryOptions.DEFAULT.tags("drinks", "hot", "hot"));
        one.put("milk", "1", EntryOptions.DEFAULT.tags("drinks"));
        one.put("soup", "5", EntryOptions.DEFAULT.tags("hot"));
        one.put("bread", "2");
        for (String each : List.of("tea", "milk", "soup", "bread")) {
            awaitNear(cluster, "prices", each);
        }

        cache(cluster, 1, "prices").invalidateTags("hot", "hot");

        assertThat(all(cluster, "prices")).allSatisfy(each -> {
            assertThat(each.get("tea")).isEmpty();
            assertThat(each.get("soup")).isEmpty();
            assertThat(each.get("milk")).hasValue("1");
            assertThat(each.get("bread")).hasValue("2");
        });
        one.put("tea", "4", EntryOptions.DEFAULT.tags("drinks", "hot"));
        await().untilAsserted(() -> assertThat(all(cluster, "prices"))
                .allSatisfy(each -> assertThat(each.get("tea")).hasValue("4")));
    }

    @ClusterTest(members = 3)
    void aTagThatIsVoidedDuringALoadVoidsIt(TestCluster cluster) {
        Cache<String, String> loading = cache(cluster, 0, "prices");
        Cache<String, String> changing = cache(cluster, 1, "prices");
        changing.put("other", "1", EntryOptions.DEFAULT.tags("drinks"));

        for (int i = 0; i < 2; i++) {
            String loaded = loading.getOrLoad("tea", (key, load) -> {
                changing.invalidateTags("drinks");
                load.tags("drinks");
                return "old";
            });

            assertThat(loaded).isEqualTo("old");
            assertThat(all(cluster, "prices"))
                    .allSatisfy(each -> assertThat(each.get("tea")).isEmpty());
        }
    }

    @ClusterTest(members = 2)
    void aNewTagKeepsNothingFromBeingStored(TestCluster cluster) {
        Cache<String, String> one = cache(cluster, 0, "prices");

        for (int i = 0; i < 20; i++) {
            String tag = "tag-" + i;
            var unused = one.getOrLoad("tea-" + i, (key, load) -> {
                load.tags(tag);
                return "3";
            });
            assertThat(cache(cluster, 1, "prices").get("tea-" + i)).hasValue("3");
        }
    }

    @ClusterTest(members = 3)
    void clearVoidsEverything(TestCluster cluster) {
        Cache<String, String> one = cache(cluster, 0, "prices");
        cache(cluster, 0, "asked").put("tea", "other");
        for (int i = 0; i < 50; i++) {
            one.put("key-" + i, "value");
        }
        awaitNear(cluster, "prices", "key-1");

        cache(cluster, 1, "prices").clear();

        for (int i = 0; i < 50; i++) {
            String key = "key-" + i;
            assertThat(all(cluster, "prices"))
                    .allSatisfy(each -> assertThat(each.get(key)).isEmpty());
        }
        assertThat(cache(cluster, 2, "asked").get("tea")).as("another cache").hasValue("other");
        one.put("key-1", "again");
        await().untilAsserted(() -> assertThat(all(cluster, "prices"))
                .allSatisfy(each -> assertThat(each.get("key-1")).hasValue("again")));
    }

    @ClusterTest(members = 2)
    void conditionsAreKept(TestCluster cluster) {
        Cache<String, String> one = cache(cluster, 0, "asked");
        Cache<String, String> other = cache(cluster, 1, "asked");

        assertThat(one.replace("tea", "1")).isFalse();
        assertThat(one.putIfAbsent("tea", "1", EntryOptions.DEFAULT)).isTrue();
        assertThat(other.putIfAbsent("tea", "2", EntryOptions.DEFAULT)).isFalse();
        assertThat(other.replace("tea", "3")).isTrue();
        long version = one.entry("tea").orElseThrow().version();
        assertThat(one.replace("tea", "4", version)).isTrue();
        assertThat(other.replace("tea", "5", version)).isFalse();
        assertThat(other.compareAndSet("tea", "4", "6")).isTrue();
        assertThat(one.compareAndSet("tea", "4", "7")).isFalse();
        assertThat(one.get("tea")).hasValue("6");
        other.clear();
        assertThat(one.replace("tea", "8")).as("what was cleared is absent").isFalse();
        assertThat(one.putIfAbsent("tea", "9", EntryOptions.DEFAULT)).isTrue();
        assertThat(other.get("tea")).hasValue("9");
    }

    @ClusterTest(members = 3)
    void noAdditionIsLost(TestCluster cluster) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> done = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                Cache<String, Long> counters =
                        cluster.member(i % 3).get(Caches.class).cache("counters", String.class, Long.class);
                done.add(threads.submit(() -> {
                    for (int k = 0; k < 100; k++) {
                        var unused = counters.add("visits", 2);
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
        Cache<String, Long> counters = cluster.member(0).get(Caches.class).cache("counters", String.class, Long.class);
        assertThat(counters.add("visits", 0)).isEqualTo(1_200);
        assertThat(counters.get("visits")).hasValue(1_200L);
        assertThatThrownBy(() -> {
                    cache(cluster, 0, "prices").put("tea", "3");
                    cache(cluster, 0, "prices").add("tea", 1);
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("prices");
    }

    @ClusterTest(members = 2)
    void noValueIsServedBeyondItsTime(TestCluster cluster, TestTime time) {
        Cache<String, String> one = cache(cluster, 0, "prices");
        one.put("tea", "3", EntryOptions.DEFAULT.ttl(Duration.ofSeconds(2)));
        assertThat(cache(cluster, 1, "prices").get("tea")).hasValue("3");

        time.advance(Duration.ofMillis(1_990));
        assertThat(all(cluster, "prices"))
                .allSatisfy(each -> assertThat(each.get("tea")).hasValue("3"));
        time.advance(Duration.ofMillis(20));
        assertThat(all(cluster, "prices"))
                .allSatisfy(each -> assertThat(each.get("tea")).isEmpty());
    }

    @ClusterTest(members = 2)
    void aStaleValueDoesWhileItCannotBeLoaded(TestCluster cluster, TestTime time) {
        Cache<String, String> one = cache(cluster, 0, "news");
        Cache<String, String> other = cache(cluster, 1, "news");
        AtomicInteger tries = new AtomicInteger();
        CacheLoader<String, String> failing = (key, load) -> {
            tries.incrementAndGet();
            throw new IllegalArgumentException("the database is down");
        };
        one.put("today", "fine");

        time.advance(Duration.ofSeconds(11));
        assertThat(one.get("today")).isEmpty();
        CacheEntry<String> entry = one.entryOrLoad("today", failing);
        assertThat(entry.value()).isEqualTo("fine");
        assertThat(entry.stale()).isTrue();
        assertThat(other.entryOrLoad("today", failing).stale()).isTrue();
        assertThat(one.entryOrLoad("today", failing).stale()).isTrue();
        assertThat(tries).as("it is not tried again at once, by nobody").hasValue(1);

        time.advance(Duration.ofSeconds(6));
        assertThat(other.entryOrLoad("today", failing).stale()).isTrue();
        assertThat(tries).hasValue(2);
        one.invalidate("today");
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThatThrownBy(() -> other.getOrLoad("today", failing))
                        .as("what was invalidated never does")
                        .isInstanceOf(CacheLoadException.class)
                        .hasMessageContaining("news")
                        .hasRootCauseMessage("the database is down"));
    }

    @ClusterTest(members = 2)
    void thatThereIsNothingIsKeptWhereThatIsAllowed(TestCluster cluster, TestTime time) {
        AtomicInteger loads = new AtomicInteger();
        CacheLoader<String, String> nothing = (key, load) -> {
            loads.incrementAndGet();
            return null;
        };

        assertThat(cache(cluster, 0, "maybe").getOrLoad("tea", nothing)).isNull();
        assertThat(cache(cluster, 1, "maybe").getOrLoad("tea", nothing)).isNull();
        assertThat(cache(cluster, 1, "maybe").get("tea")).isEmpty();
        assertThat(loads).hasValue(1);
        time.advance(Duration.ofSeconds(31));
        assertThat(cache(cluster, 1, "maybe").getOrLoad("tea", nothing)).isNull();
        assertThat(loads).hasValue(2);
        assertThatThrownBy(() -> cache(cluster, 0, "prices").getOrLoad("tea", nothing))
                .isInstanceOf(CacheLoadException.class)
                .hasStackTraceContaining("negativeTtl");
    }

    @ClusterTest(members = 3)
    void nothingIsLostWithAMember(TestCluster cluster) {
        Cache<String, String> one = cache(cluster, 0, "prices");
        for (int i = 0; i < 100; i++) {
            one.put("key-" + i, "value-" + i);
        }

        cluster.kill(2);
        cluster.awaitSize(2);

        for (int i = 0; i < 100; i++) {
            assertThat(cache(cluster, 1, "prices").get("key-" + i)).hasValue("value-" + i);
            assertThat(one.get("key-" + i)).hasValue("value-" + i);
        }
    }

    /** What the smaller side has invalidated leaves no trace in the rows of the larger. */
    @ExpectLog("was split and heals")
    @ClusterTest
    void afterACutNobodyAnswersWhatOneOfTheSidesHasChanged(TestCluster.Builder builder) {
        try (TestCluster cluster = builder.members(3)
                .configure((i, member) -> member.splitPolicy(SplitPolicy.KEEP_SERVING))
                .start()) {
            for (int i = 0; i < 50; i++) {
                cache(cluster, 0, "prices").put("key-" + i, "old");
            }
            cluster.split(Set.of(0, 1), Set.of(2));
            for (int i = 0; i < 50; i += 2) {
                cache(cluster, 0, "prices").put("key-" + i, "new");
                cache(cluster, 2, "prices").invalidate("key-" + (i + 1));
            }
            cluster.heal();
            cluster.awaitSize(3);

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                for (int i = 0; i < 50; i++) {
                    String key = "key-" + i;
                    assertThat(all(cluster, "prices"))
                            .allSatisfy(each -> assertThat(each.get(key)).isNotEqualTo(Optional.of("old")));
                }
            });
        }
    }

    @ClusterTest(members = 1)
    void mistakesAreExplained(TestCluster cluster) {
        Caches caches = cluster.member(0).get(Caches.class);

        assertThatThrownBy(() -> caches.cache("prices", Object.class, String.class))
                .hasMessageContaining("cache.keys of 'prices' must be of String")
                .hasMessageContaining("was java.lang.Object");
        var unused = caches.cache("prices", String.class, String.class);
        assertThatThrownBy(() -> caches.cache("prices", String.class, Integer.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use");
        assertThatThrownBy(() -> caches.cache("prices", String.class, String.class, settings -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is there already");
        assertThatThrownBy(() -> caches.cache("no/slash", String.class, String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was no/slash");
        assertThat(caches.cache("prices", String.class, String.class))
                .isSameAs(caches.cache("prices", String.class, String.class));
        assertThat(caches.names()).contains("prices", "news");
    }
}
