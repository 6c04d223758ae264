package io.flotilla.storage.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.storage.internal.Backend;
import io.flotilla.storage.internal.BackendContract;
import io.flotilla.storage.internal.Draft;
import io.flotilla.storage.internal.StorageTests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shared folder on this machine's own file system. */
class SharedFolderTest extends BackendContract {
    @TempDir
    Path root;

    @Override
    protected Backend backend() throws IOException {
        return SharedFolder.open(new HostDisk(), root, time.clock(), GRACE);
    }

    @Test
    void liesOnDiskAsStaticServersWantIt() throws IOException {
        String sha256 = StorageTests.sha256("x");
        try (Draft draft = backend().draft()) {
            draft.write(ByteBuffer.wrap(new byte[] {'x'}));
            draft.publish(new io.flotilla.storage.internal.BlobKey(sha256, "png"));
        }
        Path file = root.resolve("blobs").resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4));
        assertThat(file.resolve(sha256 + ".png")).hasContent("x");
    }

    @Test
    void leavesNothingInTempAndNothingBesides() throws IOException {
        assertThat(backend()).isNotNull();
        try (Stream<Path> all = Files.list(root)) {
            assertThat(all.map(each -> each.getFileName().toString()).sorted())
                    .containsExactly("blobs", "references", "temp", "trash");
        }
        assertThat(root.resolve("temp")).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> SharedFolder.open(new HostDisk(), root.resolve("not mounted"), time.clock(), GRACE))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @SuppressWarnings("JUnitMethodInvoked") // the contract's own case, in a folder that was there before
    void filesOfOthersAreLeftAlone() throws IOException {
        assertThat(backend()).isNotNull();
        List<Path> foreign = List.of(
                root.resolve("blobs/lost+found"),
                root.resolve("temp/notes.txt"),
                root.resolve("trash/notes.txt"),
                root.resolve("references/notes.txt"));
        for (Path each : foreign) {
            Files.writeString(each, "mine");
        }
        assertThatThrownBy(() -> backend().forEachReference(latest -> {}))
                .isInstanceOf(java.nio.file.NotDirectoryException.class);
        Files.delete(root.resolve("references/notes.txt"));
        Files.delete(root.resolve("blobs/lost+found"));
        aNameThatWasDeletedLongAgoIsForgotten();
        assertThat(root.resolve("temp/notes.txt")).hasContent("mine");
        assertThat(root.resolve("trash/notes.txt")).hasContent("mine");
    }
}
