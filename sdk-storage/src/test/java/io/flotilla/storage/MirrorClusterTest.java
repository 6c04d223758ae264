package io.flotilla.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What members do with a folder in common, they do with a directory for each of them. */
class MirrorClusterTest extends StorageClusterTest {

    @Override
    public void configure(int i, ClusterBuilder member) {
        try {
            Path own = Files.createDirectories(folder.resolve("node-" + i));
            member.install(Storage.module(s -> s.mirror(own)
                    .namespace("few", n -> n.maxObjects(2))
                    .namespace("small", n -> n.maxObjectSize(4).maxBytes(6))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    Path temp() {
        return folder.resolve("node-0").resolve("temp");
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
        assertThatThrownBy(() -> photos(cluster, 2).list("", "", 100)).isInstanceOf(ClusterUnavailableException.class);
        assertThatThrownBy(() -> put(photos(cluster, 2), "new", "text"))
                .isInstanceOf(ClusterUnavailableException.class);
        cluster.restart(0);
        cluster.restart(1);
        awaitLoaded(cluster, 1);
        for (int i = 0; i < 20; i++) {
            assertThat(read(photos(cluster, 1), "n" + i)).isEqualTo("text " + i);
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
