package io.flotilla.storage.internal.shared;

import io.flotilla.storage.internal.Backend;
import io.flotilla.storage.internal.BackendContract;
import java.io.IOException;
import java.nio.file.Path;

/** The same on the disk that the crash tests use: it behaves like a real one. */
class SharedFolderInMemoryTest extends BackendContract {
    private final FaultDisk disk = new FaultDisk(() -> java.time.Instant.EPOCH);

    @Override
    protected Backend backend() throws IOException {
        return SharedFolder.open(disk, Path.of("/"), time.clock(), GRACE);
    }
}
