package io.flotilla.storage.internal.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import io.flotilla.ClusterBuilder;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.FactoryIds;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;
import io.flotilla.storage.internal.Backend;
import io.flotilla.storage.internal.Reference;
import io.flotilla.storage.internal.ReferenceIndexContract;
import io.flotilla.storage.internal.shared.FaultDisk;
import io.flotilla.storage.internal.shared.SharedFolder;
import io.flotilla.storage.internal.wire.StorageWire;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The index over Hazelcast, and how it comes to know what is on disk. */
class ClusterIndexTest implements ClusterTest.Setup {
    private final Backend backend = emptyBackend();

    private static Backend emptyBackend() {
        try {
            FaultDisk disk = new FaultDisk(() -> Instant.EPOCH);
            return SharedFolder.open(disk, Path.of("/"), () -> Instant.EPOCH, Duration.ofHours(1));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.install(new IndexAlone());
    }

    /** The index, which is filled when the test says so. */
    private static final class IndexAlone implements ClusterModule<ClusterIndex> {
        @Override
        public Class<ClusterIndex> api() {
            return ClusterIndex.class;
        }

        @Override
        public void configure(Config member) {
            member.getSerializationConfig().addDataSerializableFactory(FactoryIds.STORAGE, new StorageWire());
        }

        @Override
        public RunningModule<ClusterIndex> start(ModuleContext context) {
            ClusterIndex index = ClusterIndex.of(context);
            return new RunningModule<>() {
                @Override
                public ClusterIndex api() {
                    return index;
                }

                @Override
                public void close() {}
            };
        }
    }

    private static ClusterIndex index(TestCluster cluster, int member) {
        return cluster.member(member).get(ClusterIndex.class);
    }

    @ClusterTest(members = 2)
    void holdsTheContract(TestCluster cluster) throws IOException {
        index(cluster, 0).loader(backend).load();
        new ReferenceIndexContract(index(cluster, 1)).holds();
    }

    @ClusterTest(members = 2)
    void whatIsAbsentIsNotBelievedBeforeAllIsRead(TestCluster cluster) throws IOException {
        Reference onDisk = new Reference("photos", "a", 0, 5, "op", null);
        assertThat(backend.append(onDisk)).isEqualTo(onDisk);
        ClusterIndex index = index(cluster, 0);
        assertThat(index.complete()).isFalse();
        assertThatThrownBy(() -> index.find("photos", "a")).isInstanceOf(ClusterUnavailableException.class);
        assertThatThrownBy(() -> index.list("photos", "", "", 1, 0)).isInstanceOf(ClusterUnavailableException.class);
        assertThatThrownBy(() -> index.usage("photos", 0)).isInstanceOf(ClusterUnavailableException.class);
        assertThatThrownBy(index::living).isInstanceOf(ClusterUnavailableException.class);

        index(cluster, 1).loader(backend).load();

        assertThat(index.complete()).isTrue();
        assertThat(index.find("photos", "a")).isEqualTo(onDisk);
        assertThat(index.find("photos", "b")).isNull();
        assertThat(index.living().knows(onDisk)).isTrue();
    }

    /** As when its member dies in the middle. */
    @ClusterTest(members = 2)
    void aLoadingThatFailsCompletesNothing(TestCluster cluster) throws IOException {
        Reference onDisk = new Reference("photos", "a", 0, 5, "op", null);
        assertThat(backend.append(onDisk)).isEqualTo(onDisk);
        ClusterIndex index = index(cluster, 0);
        Backend failing = new FailingBackend();
        assertThatThrownBy(() -> index.loader(failing).load()).isInstanceOf(IOException.class);
        assertThat(index.complete()).isFalse();
        assertThatThrownBy(() -> index.find("photos", "b")).isInstanceOf(ClusterUnavailableException.class);
        index.loader(backend).load();
        assertThat(index.find("photos", "b")).isNull();
    }
}
