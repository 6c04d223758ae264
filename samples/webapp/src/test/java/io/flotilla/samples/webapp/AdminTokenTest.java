package io.flotilla.samples.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminTokenTest {
    @Test
    void isReadFromTheFileGiven(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "  a-token-of-ours\n");

        AdminToken token = AdminToken.of(file);
        token.close();

        assertThat(token.token()).isEqualTo("a-token-of-ours");
        assertThat(file).exists();
    }

    @Test
    void isMadeForTheOwnerOnlyAndGoesWithTheNode() throws Exception {
        AdminToken token = AdminToken.of(null);

        assertThat(token.token()).hasSize(64);
        assertThat(token.file()).content().isEqualToIgnoringNewLines(token.token());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token.file())))
                .isEqualTo("rw-------");
        token.close();
        assertThat(token.file()).doesNotExist();
    }

    @Test
    void aFileWithoutTokenIsABadOption(@TempDir Path directory) throws Exception {
        Path empty = Files.createFile(directory.resolve("empty"));

        assertThatThrownBy(() -> AdminToken.of(empty)).hasMessageContaining("--admin-token-file must hold a token");
        assertThatThrownBy(() -> AdminToken.of(directory))
                .hasMessageContaining("--admin-token-file must be a readable text file, was '" + directory + "'");
    }
}
