package io.flotilla.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What members do with a folder in common, they do with a directory for each of them. */
class MirrorClusterTest extends StorageClusterTest {

    private boolean oneForAll;

    @Override
    public void configure(int i, ClusterBuilder member) {
        try {
            Path own = Files.createDirectories(directory(oneForAll ? 0 : i));
            member.install(Storage.module(s -> s.mirror(own)
                    .namespace("few", n -> n.maxObjects(2))
                    .namespace("small", n -> n.maxObjectSize(4).maxBytes(6))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path directory(int node) {
        return folder.resolve("node-" + node);
    }

    @Override
    Path temp() {
        return directory(0).resolve("temp");
    }

    @ClusterTest(members = 2)
    void aDirectoryThatAnotherNodeHasIsRefused(TestCluster cluster) {
        awaitLoaded(cluster, 0);
        cluster.close(1);
        oneForAll = true;
        assertThatThrownBy(() -> cluster.restart(1))
                .hasStackTraceContaining(
                        "storage.mirror must be a directory that no other node has, but node n0 has it");
    }

    /** It is awaited for ever, unless somebody says that it will not come back. */
    @ClusterTest(members = 2)
    void withoutANodeThatWasGivenUpTheOthersGoOn(TestCluster cluster) throws IOException {
        awaitLoaded(cluster, 0);
        StoredObject unused = put(photos(cluster, 1), "before", "text");
        cluster.kill(1);
        cluster.awaitSize(1);
        assertThatThrownBy(() -> put(photos(cluster, 0), "after", "text"))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessageContaining("give them up with decommission");
        Storage storage = cluster.member(0).get(Storage.class);
        assertThatThrownBy(() -> storage.decommission("ab")).hasMessageContaining("was ab");
        String own = Files.readString(directory(0).resolve("node"));
        assertThatThrownBy(() -> storage.decommission(own)).hasMessageContaining("must be away to be given up");

        storage.decommission(Files.readString(directory(1).resolve("node")));

        StoredObject after = put(photos(cluster, 0), "after", "text");
        assertThat(read(photos(cluster, 0), after.name())).isEqualTo("text");
        assertThat(read(photos(cluster, 0), "before")).isEqualTo("text");
    }

    /** More nodes die at once than there are copies: what they alone may hold is not taken for absent. */
    @Override
    @ClusterTest(members = 3)
    void whenAllCopiesOfReferencesDieTheyAreReadFromDisk(TestCluster cluster) {
        awaitLoaded(cluster, 0);
        for (int i = 0; i < 20; i++) {
            StoredObject unused = put(photos(cluster, i % 3), "n" + i, "text " + i);
        }
        cluster.kill(0);
        cluster.kill(1);
        // For longer than it takes to read what the last node has on its disk.
        await().during(Duration.ofSeconds(3)).until(() -> isWholeOrRefused(photos(cluster, 2), 20));
        assertThatThrownBy(() -> put(photos(cluster, 2), "new", "text"))
                .isInstanceOf(ClusterUnavailableException.class);
        cluster.restart(0);
        cluster.restart(1);
        awaitLoaded(cluster, 1);
        for (int i = 0; i < 20; i++) {
            assertThat(read(photos(cluster, 1), "n" + i)).isEqualTo("text " + i);
        }
    }

    /** Whole if the references got to the last node in the moment between the two deaths. */
    private static boolean isWholeOrRefused(Namespace namespace, int objects) {
        try {
            return namespace.list("", "", 100).objects().size() == objects;
        } catch (ClusterUnavailableException refused) {
            return true;
        }
    }

    @Override
    @ClusterTest(members = 2)
    void aFullRestartLosesNothing(TestCluster cluster) {
        awaitLoaded(cluster, 0);
        StoredObject stored = put(photos(cluster, 0), "kept", "text");
        StoredObject unused = put(photos(cluster, 0), "deleted", "text");
        assertThat(photos(cluster, 1).delete("deleted")).isTrue();
        cluster.close(0);
        cluster.close(1);
        cluster.restart(1);
        cluster.restart(0);
        awaitLoaded(cluster, 0);
        assertThat(read(photos(cluster, 1), "kept")).isEqualTo("text");
        assertThat(photos(cluster, 0).stat("kept").map(StoredObject::generation))
                .hasValue(stored.generation());
        assertThat(photos(cluster, 0).stat("deleted")).isEmpty();
    }
}
