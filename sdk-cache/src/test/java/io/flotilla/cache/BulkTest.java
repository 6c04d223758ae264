package io.flotilla.cache;

import static io.flotilla.cache.TestCaches.cache;
import static io.flotilla.cache.TestCaches.elsewhere;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flotilla.ClusterBuilder;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Several keys at once. */
final class BulkTest implements ClusterTest.Setup {
    private static final int MANY = 1_200; // more than are on the way at once

    private final List<Set<String>> loaded = new ArrayList<>();

    @Override
    public void configure(int i, ClusterBuilder member) {
        TestCaches.install(member);
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
    }

    private static Map<String, String> valuesOf(List<String> keys, String value) {
        return keys.stream().collect(Collectors.toMap(key -> key, key -> value));
    }

    private BulkLoader<String, String> loader(String value) {
        return (keys, loads) -> {
            loaded.add(new TreeSet<>(keys));
            return valuesOf(List.copyOf(keys), value);
        };
    }

    @ClusterTest(members = 3)
    void whatIsPutTogetherIsThereForAllAndGoesTogether(TestCluster cluster) {
        List<String> keys = keys(MANY);
        cache(cluster, 0, "prices").putAll(valuesOf(keys, "3"));

        for (int i = 0; i < 3; i++) {
            Map<String, String> found = cache(cluster, i, "prices").getAll(keys);
            assertThat(found).isEqualTo(valuesOf(keys, "3"));
            assertThat(found.keySet()).as("in order").containsExactlyElementsOf(keys);
        }
        cluster.kill(2);
        cluster.awaitSize(2);
        assertThat(cache(cluster, 1, "prices").getAll(keys)).as("with backups").hasSize(MANY);

        cache(cluster, 1, "prices").invalidateAll(keys.subList(0, MANY - 1));

        assertThat(cache(cluster, 1, "prices").getAll(keys)).containsOnlyKeys("key-" + (MANY - 1));
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() ->
                        assertThat(cache(cluster, 0, "prices").getAll(keys)).containsOnlyKeys("key-" + (MANY - 1)));
    }

    @ClusterTest(members = 3)
    void synchronousChangesOfSeveralKeysAreSeenEverywhereWhenTheyReturn(TestCluster cluster) {
        List<String> keys = keys(30);
        for (int round = 0; round < 10; round++) {
            Map<String, String> values = valuesOf(keys, "round " + round);
            cache(cluster, round % 3, "strict").putAll(values);
            for (int i = 0; i < 3; i++) {
                assertThat(cache(cluster, i, "strict").getAll(keys)).isEqualTo(values);
            }
            cache(cluster, round % 3, "strict").invalidateAll(keys);
            for (int i = 0; i < 3; i++) {
                assertThat(cache(cluster, i, "strict").getAll(keys)).isEmpty();
            }
        }
    }

    @ClusterTest(members = 2)
    void aPutOfSeveralHasOptionsAndChecks(TestCluster cluster, TestTime time) {
        Cache<String, String> one = cache(cluster, 0, "prices");
        one.putAll(Map.of("tea", "3", "milk", "1"), EntryOptions.DEFAULT.ttl(Duration.ofSeconds(2)));
        one.putAll(Map.of("bread", "2"));

        assertThat(one.getAll(List.of("tea", "milk", "bread", "soup", "tea"))).hasSize(3);
        time.advance(Duration.ofSeconds(3));
        assertThat(one.getAll(List.of("tea", "milk", "bread"))).containsOnlyKeys("bread");
        assertThatThrownBy(() -> one.putAll(Map.of("tea", "3"), EntryOptions.DEFAULT.ttl(Duration.ZERO)))
                .hasMessageContaining("cache.options.ttl");
    }

    @ClusterTest(members = 2)
    void tagsVoidWhatWasPutOrLoadedTogether(TestCluster cluster) {
        Cache<String, String> one = cache(cluster, 0, "prices");
        one.putAll(Map.of("tea", "3", "milk", "1"), EntryOptions.DEFAULT.tags("drinks"));
        assertThat(one.getOrLoadAll(List.of("soup", "bread"), (keys, loads) -> {
                    loads.of("soup").tags("drinks");
                    return valuesOf(List.copyOf(keys), "5");
                }))
                .hasSize(2);
        List<String> keys = List.of("tea", "milk", "soup", "bread");
        assertThat(cache(cluster, 1, "prices").getAll(keys)).hasSize(4);

        cache(cluster, 1, "prices").invalidateTags("drinks");

        assertThat(one.getAll(keys)).containsOnlyKeys("bread");
    }

    @ClusterTest(members = 3)
    void onlyWhatNobodyHasIsLoadedAndInOneCall(TestCluster cluster) {
        List<String> keys = keys(40);
        cache(cluster, 1, "prices").putAll(valuesOf(keys.subList(0, 10), "put"));

        Map<String, String> found = cache(cluster, 0, "prices").getOrLoadAll(keys, loader("loaded"));

        assertThat(found.keySet()).containsExactlyElementsOf(keys);
        assertThat(found).containsEntry("key-9", "put").containsEntry("key-10", "loaded");
        assertThat(loaded).containsExactly(new TreeSet<>(keys.subList(10, 40)));
        assertThat(cache(cluster, 2, "prices").getOrLoadAll(keys, loader("again")))
                .isEqualTo(found);
        assertThat(loaded).hasSize(1);
    }

    @ClusterTest(members = 2)
    void twoThatWantTheSameInAnotherOrderLoadEachKeyOnce(TestCluster cluster) {
        for (int round = 0; round < 20; round++) {
            String prefix = round + "-";
            List<String> there = keys(20).stream().map(prefix::concat).toList();
            List<String> back = new ArrayList<>(there);
            Collections.reverse(back);
            Map<String, Integer> loads = new ConcurrentHashMap<>();
            BulkLoader<String, String> counting = (keys, load) -> {
                keys.forEach(key -> loads.merge(key, 1, Integer::sum));
                return valuesOf(List.copyOf(keys), "3");
            };
            CompletableFuture<Map<String, String>> same = CompletableFuture.supplyAsync(
                    () -> cache(cluster, 0, "prices").getOrLoadAll(back, counting));
            CompletableFuture<Map<String, String>> other = CompletableFuture.supplyAsync(
                    () -> cache(cluster, 1, "prices").getOrLoadAll(back, counting));
            assertThat(cache(cluster, 0, "prices").getOrLoadAll(there, counting))
                    .hasSize(20);
            assertThat(same.orTimeout(8, TimeUnit.SECONDS).join()).hasSize(20);
            assertThat(other.orTimeout(8, TimeUnit.SECONDS).join()).hasSize(20);
            assertThat(loads)
                    .hasSize(20)
                    .allSatisfy((key, count) -> assertThat(count).isEqualTo(1));
        }
    }

    @ClusterTest(members = 1)
    void aMissingValueIsAnErrorOrKnownToBeNothing(TestCluster cluster) {
        BulkLoader<String, String> onlyTea = (keys, loads) -> {
            loaded.add(new TreeSet<>(keys));
            return Map.of("tea", "3", "nobody asked", "4");
        };

        assertThatThrownBy(() -> cache(cluster, 0, "prices").getOrLoadAll(List.of("tea", "milk"), onlyTea))
                .isInstanceOf(CacheLoadException.class)
                .hasStackTraceContaining("negativeTtl");
        assertThat(cache(cluster, 0, "prices").get("tea"))
                .as("what came is stored")
                .hasValue("3");
        assertThat(cache(cluster, 0, "prices").get("nobody asked")).isEmpty();
        assertThat(elsewhere(() -> cache(cluster, 0, "prices").getOrLoad("milk", (key, load) -> "1")))
                .as("the key is free")
                .isEqualTo("1");

        loaded.clear();
        for (int i = 0; i < 2; i++) {
            assertThat(cache(cluster, 0, "maybe").getOrLoadAll(List.of("tea", "milk"), onlyTea))
                    .isEqualTo(Map.of("tea", "3"));
        }
        assertThat(loaded).as("that there is nothing is kept").hasSize(1);
    }

    @ClusterTest(members = 2)
    void aLoadThatFailsFreesAllKeysOrLeavesWhatIsStale(TestCluster cluster, TestTime time) {
        BulkLoader<String, String> failing = (keys, loads) -> {
            loaded.add(keys);
            throw new IllegalArgumentException("the database is down");
        };
        assertThatThrownBy(() -> cache(cluster, 0, "news").getOrLoadAll(List.of("tea", "milk"), failing))
                .isInstanceOf(CacheLoadException.class)
                .hasRootCauseMessage("the database is down");
        assertThat(elsewhere(() -> cache(cluster, 1, "news").getOrLoadAll(List.of("tea", "milk"), loader("old"))))
                .hasSize(2);

        time.advance(Duration.ofSeconds(11));
        loaded.clear();
        for (int i = 0; i < 3; i++) {
            assertThat(cache(cluster, i % 2, "news").getOrLoadAll(List.of("tea", "milk"), failing))
                    .isEqualTo(Map.of("tea", "old", "milk", "old"));
        }
        assertThat(loaded).as("it is not tried again at once, by nobody").hasSize(1);
    }

    @ClusterTest(members = 2)
    void eachValueHasItsOwnTimeAndMayGoUnstored(TestCluster cluster, TestTime time) {
        Cache<String, String> one = cache(cluster, 0, "prices");
        BulkLoader<String, String> loader = (keys, loads) -> {
            loads.of("tea").ttl(Duration.ofSeconds(2));
            loads.of("soup").doNotStore();
            assertThatThrownBy(() -> loads.of("bread")).isInstanceOf(IllegalArgumentException.class);
            return valuesOf(List.copyOf(keys), "3");
        };
        List<String> keys = List.of("tea", "milk", "soup");

        assertThat(one.getOrLoadAll(keys, loader)).hasSize(3);

        assertThat(one.getAll(keys)).containsOnlyKeys("tea", "milk");
        time.advance(Duration.ofSeconds(3));
        assertThat(one.getAll(keys)).containsOnlyKeys("milk");
    }

    @ClusterTest(members = 2)
    void aChangeDuringTheLoadIsNotOverwritten(TestCluster cluster) {
        Cache<String, String> one = cache(cluster, 0, "prices");
        List<String> keys = List.of("tea", "milk");

        Map<String, String> found = one.getOrLoadAll(keys, (some, loads) -> {
            cache(cluster, 1, "prices").invalidate("tea");
            return valuesOf(List.copyOf(some), "old");
        });

        assertThat(found).as("whoever asked gets it").hasSize(2);
        assertThat(cache(cluster, 1, "prices").getAll(keys)).containsOnlyKeys("milk");
        assertThat(one.getAll(keys)).containsOnlyKeys("milk");
    }
}
