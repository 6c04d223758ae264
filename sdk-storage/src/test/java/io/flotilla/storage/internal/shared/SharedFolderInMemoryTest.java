package io.flotilla.storage.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.storage.internal.Backend;
import io.flotilla.storage.internal.BackendContract;
import io.flotilla.storage.internal.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same on the disk that the crash tests use: it behaves like a real one. */
class SharedFolderInMemoryTest extends BackendContract {
    private final FaultDisk disk = new FaultDisk(() -> java.time.Instant.EPOCH);

    @Override
    protected Backend backend() throws IOException {
        return SharedFolder.open(disk, Path.of("/"), time.clock(), GRACE);
    }

    @Test
    void whatIsRetractedDoesNotComeBackWithThePower() throws IOException {
        Reference late = new Reference("photos", "a", 0, 1, "late", null);
        assertThat(backend().append(late)).isEqualTo(late);
        backend().retract(late);
        FaultDisk.PowerLoss unused = disk.cut();
        disk.powerOn(FaultDisk.Unforced.LOST, new Random(0));
        List<Reference> found = new ArrayList<>();
        backend().forEachReference(found::add);
        assertThat(found).isEmpty();
    }
}
