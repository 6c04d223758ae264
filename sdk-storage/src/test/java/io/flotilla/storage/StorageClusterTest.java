package io.flotilla.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;

/** Objects on several members of a cluster with a folder in common. */
class StorageClusterTest implements ClusterTest.Setup {
    @TempDir
    Path folder;

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.install(Storage.module(s -> s.shared(folder)
                .namespace("few", n -> n.maxObjects(2))
                .namespace("small", n -> n.maxObjectSize(4).maxBytes(6))));
    }

    /** Where the only member keeps what is not finished. */
    Path temp() {
        return folder.resolve("temp");
    }

    static Namespace photos(TestCluster cluster, int member) {
        return namespace(cluster, member, "photos");
    }

    private static Namespace namespace(TestCluster cluster, int member, String name) {
        return cluster.member(member).get(Storage.class).namespace(name);
    }

    static StoredObject put(Namespace namespace, String name, String text) {
        try {
            return namespace.put(name, new ByteArrayInputStream(text.getBytes(UTF_8)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String read(Namespace namespace, String name) {
        return namespace
                .open(name)
                .map(content -> {
                    try (content) {
                        return new String(content.stream().readAllBytes(), UTF_8);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                })
                .orElse("(none)");
    }

    static void awaitLoaded(TestCluster cluster, int member) {
        await().ignoreExceptionsMatching(ClusterUnavailableException.class::isInstance)
                .untilAsserted(
                        () -> assertThat(photos(cluster, member).stat("none")).isEmpty());
        await().ignoreExceptionsMatching(ClusterUnavailableException.class::isInstance)
                .untilAsserted(() -> assertThat(
                                photos(cluster, member).list("none", "", 1).objects())
                        .isEmpty());
    }

    @ClusterTest(members = 3)
    void whatOneNodeStoresAllSeeAtOnce(TestCluster cluster) {
        awaitLoaded(cluster, 0);
        for (int i = 0; i < 60; i++) {
            String name = "n" + i % 7;
            assertThat(photos(cluster, (i + 1) % 3).stat(name).isPresent()).isEqualTo(i >= 7);
            StoredObject stored = put(photos(cluster, i % 3), name, "text " + i);
            for (int member = 0; member < 3; member++) {
                assertThat(read(photos(cluster, member), name)).isEqualTo("text " + i);
                assertThat(photos(cluster, member).stat(name).map(StoredObject::generation))
                        .hasValue(stored.generation());
            }
        }
        assertThat(photos(cluster, 1).delete("n0")).isTrue();
        assertThat(photos(cluster, 2).delete("n0")).isFalse();
        assertThat(photos(cluster, 0).stat("n0")).isEmpty();
    }

    @ClusterTest(members = 3)
    void manyWritersOfOneNameOnAllNodesLoseNoUpdate(TestCluster cluster) throws Exception {
        awaitLoaded(cluster, 0);
        put(photos(cluster, 0), "counter", "0");
        ExecutorService pool = Executors.newFixedThreadPool(6);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Namespace namespace = photos(cluster, i % 3);
            writers.add(pool.submit(() -> {
                for (int n = 0; n < 10; n++) {
                    increment(namespace);
                }
            }));
        }
        for (Future<?> each : writers) {
            each.get();
        }
        pool.shutdown();
        assertThat(read(photos(cluster, 1), "counter")).isEqualTo("60");
    }

    private static void increment(Namespace namespace) {
        while (true) {
            try (ObjectContent content = namespace.open("counter").orElseThrow()) {
                int value = Integer.parseInt(new String(content.stream().readAllBytes(), UTF_8));
                StoredObject unused = namespace.put(
                        "counter",
                        new ByteArrayInputStream(String.valueOf(value + 1).getBytes(UTF_8)),
                        put -> put.ifGeneration(content.object().generation()));
                return;
            } catch (StorageException faster) {
                assertThat(faster.reason()).isEqualTo(StorageException.Reason.CONDITION_FAILED);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @ClusterTest(members = 3)
    void aNodeThatDiesLosesNothing(TestCluster cluster) {
        awaitLoaded(cluster, 0);
        for (int i = 0; i < 20; i++) {
            put(photos(cluster, i % 3), "n" + i, "text " + i);
        }
        cluster.kill(0);
        awaitLoaded(cluster, 1);
        for (int i = 0; i < 20; i++) {
            assertThat(read(photos(cluster, 1 + i % 2), "n" + i)).isEqualTo("text " + i);
        }
    }

    /** More copies of a partition die than there were backups: what is missing is read from disk, not taken for absent. */
    @ClusterTest(members = 3)
    void whenAllCopiesOfReferencesDieTheyAreReadFromDisk(TestCluster cluster) {
        awaitLoaded(cluster, 0);
        for (int i = 0; i < 40; i++) {
            put(photos(cluster, i % 3), "n" + i, "text " + i);
        }
        cluster.kill(0);
        cluster.kill(1);
        for (int i = 0; i < 40; i++) {
            String name = "n" + i;
            String text = "text " + i;
            await().atMost(Duration.ofSeconds(30)).until(() -> readOrBusy(photos(cluster, 2), name), found -> {
                assertThat(found).isNotEqualTo("(none)");
                return found.equals(text);
            });
        }
        awaitLoaded(cluster, 2);
        assertThat(photos(cluster, 2).list("", "", 100).objects()).hasSize(40);
    }

    private static String readOrBusy(Namespace namespace, String name) {
        try {
            return read(namespace, name);
        } catch (ClusterUnavailableException busy) {
            return "(busy)";
        }
    }

    @ClusterTest(members = 2)
    void aFullRestartLosesNothing(TestCluster cluster) {
        awaitLoaded(cluster, 0);
        StoredObject stored = put(photos(cluster, 0), "kept", "text");
        put(photos(cluster, 0), "deleted", "text");
        assertThat(photos(cluster, 1).delete("deleted")).isTrue();
        cluster.close(0);
        cluster.close(1);
        cluster.restart(1);
        awaitLoaded(cluster, 1);
        assertThat(read(photos(cluster, 1), "kept")).isEqualTo("text");
        assertThat(photos(cluster, 1).stat("kept").map(StoredObject::generation))
                .hasValue(stored.generation());
        assertThat(photos(cluster, 1).stat("deleted")).isEmpty();
    }

    @ClusterTest(members = 2)
    void listsInPages(TestCluster cluster) {
        awaitLoaded(cluster, 0);
        for (int i = 10; i < 35; i++) {
            put(photos(cluster, i % 2), "a/" + i, "x");
        }
        put(photos(cluster, 0), "b", "x");
        List<String> names = new ArrayList<>();
        Optional<String> next = Optional.of("");
        int pages = 0;
        while (next.isPresent()) {
            ObjectPage page = photos(cluster, pages % 2).list("a/", next.get(), 10);
            page.objects().forEach(each -> names.add(each.name()));
            next = page.next();
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(names).hasSize(25).isSorted().doesNotHaveDuplicates().allMatch(each -> each.startsWith("a/"));
    }

    @ClusterTest(members = 1)
    void limitsAreKept(TestCluster cluster) {
        awaitLoaded(cluster, 0);
        Namespace few = namespace(cluster, 0, "few");
        put(few, "1", "x");
        put(few, "2", "x");
        put(few, "2", "y");
        assertRefused(() -> put(few, "3", "x"), StorageException.Reason.QUOTA_EXCEEDED);
        assertThat(few.delete("1")).isTrue();
        put(few, "3", "x");
        Namespace small = namespace(cluster, 0, "small");
        assertRefused(() -> put(small, "1", "12345"), StorageException.Reason.TOO_LARGE);
        put(small, "1", "1234");
        assertRefused(() -> put(small, "2", "123"), StorageException.Reason.QUOTA_EXCEEDED);
        put(small, "2", "12");
        put(small, "1", "");
        put(small, "3", "1234");
        assertThat(small.list("", "", 10).objects()).hasSize(3);
    }

    private static void assertRefused(Runnable work, StorageException.Reason reason) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @ClusterTest(members = 2)
    void copiesAndMovesWithoutBytes(TestCluster cluster) throws IOException {
        awaitLoaded(cluster, 0);
        Namespace photos = photos(cluster, 0);
        Namespace archive = namespace(cluster, 1, "archive");
        StoredObject original = photos.put(
                "cat",
                new ByteArrayInputStream(new byte[] {1, 2, 3}),
                put -> put.contentType("image/png").metadata("owner", "42"));
        StoredObject copy = photos.copy("cat", archive, "old/cat", put -> put.metadata("why", "kept"));
        assertThat(copy.sha256()).isEqualTo(original.sha256());
        assertThat(copy.contentType()).isEqualTo("image/png");
        assertThat(copy.metadata()).containsOnlyKeys("why");
        StoredObject moved = photos.move("cat", photos, "dog", put -> put.contentType("text/plain"));
        assertThat(moved.metadata()).containsEntry("owner", "42");
        assertThat(photos.stat("cat")).isEmpty();
        assertThat(read(photos, "dog")).isEqualTo("\1\2\3");
        assertThat(photos.move("dog", photos, "dog", put -> {}).size()).isEqualTo(3);
        assertThat(read(photos, "dog")).isEqualTo("\1\2\3");
        assertRefused(() -> photos.copy("cat", archive, "x", put -> {}), StorageException.Reason.NOT_FOUND);
        assertRefused(
                () -> photos.copy("dog", archive, "old/cat", PutOptions::ifAbsent),
                StorageException.Reason.CONDITION_FAILED);
    }

    @ClusterTest(members = 1)
    void aWriterThatIsClosedWithoutACommitLeavesNothing(TestCluster cluster) throws IOException {
        awaitLoaded(cluster, 0);
        try (ObjectWriter writer = photos(cluster, 0).write("half", put -> {})) {
            writer.write("text".getBytes(UTF_8));
        }
        assertThat(photos(cluster, 0).stat("half")).isEmpty();
        assertThat(temp()).isEmptyDirectory();
        ObjectWriter writer = photos(cluster, 0).write("whole", put -> {});
        writer.write('a');
        assertThat(writer.commit().size()).isEqualTo(1);
        assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
        assertThat(read(photos(cluster, 0), "whole")).isEqualTo("a");
        assertThat(temp()).isEmptyDirectory();
    }

    @ClusterTest(members = 1)
    void aClosedClusterRefuses(TestCluster cluster) {
        awaitLoaded(cluster, 0);
        Storage storage = cluster.member(0).get(Storage.class);
        Namespace photos = storage.namespace("photos");
        cluster.close(0);
        assertThatThrownBy(() -> storage.namespace("photos")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> photos.stat("a")).isInstanceOf(IllegalStateException.class);
    }
}
