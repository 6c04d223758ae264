package io.flotilla.cache.internal.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of stored pages, pinned: members of two releases share them. If a form that was released has to change, its
 * version goes up, and the line here stays.
 */
final class StoredFormTest {
    /** Of Java serialization: an object of an externalizable class, by its name and version. */
    private static final String HEAD = "aced0005" + "7372" + "002a"
            + HexFormat.of().formatHex("io.flotilla.cache.internal.page.StoredForm".getBytes(UTF_8))
            + "0000000000000001" + "0c0000" + "7870";

    private static final String END = "78";

    private static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of(
                        new Stored.Page(
                                200,
                                new String[] {"A", "ü"},
                                new Stored.Body(new byte[] {0x0a, 0x0b}, true, 0x11, "\"e\"", null),
                                new Freshness(0x21, 0x22, 0x23, 0x24, 0x25, true, false)),
                        "77" + "55" // a block of 85 bytes
                                + "01" + "01" + "000000c8"
                                + "00000002" + "0000000141" + "00000002c3bc"
                                + "01" + "00000011" + "00000003226522" + "ffffffff" + "000000020a0b"
                                + "0000000000000021" + "0000000000000022" + "0000000000000023" + "0000000000000024"
                                + "0000000000000025" + "01" + "00"),
                Arguments.of(
                        new Stored.Variants(new String[] {"accept"}, "id"),
                        "77" + "16" + "01" + "02" + "00000001" + "00000006616363657074" + "000000026964"),
                Arguments.of(new Stored.NotStorable(), "77" + "02" + "01" + "03"));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void theBytesAreAlwaysTheSame(Stored stored, String bytes) throws IOException {
        assertThat(HexFormat.of().formatHex(write(stored))).isEqualTo(HEAD + bytes + END);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void theBytesAreRead(Stored stored, String bytes) throws Exception {
        assertThat(read(HEAD + bytes + END)).usingRecursiveComparison().isEqualTo(stored);
    }

    @Test
    void whatALaterReleaseHasAddedIsSkipped() throws Exception {
        assertThat(read(HEAD + "77" + "04" + "0103" + "cafe" + END)).isEqualTo(new Stored.NotStorable());
    }

    @ParameterizedTest
    @CsvSource({
        "0203, version 2",
        "0104, kind 4",
        "0102ffffffff, -1 texts",
        "010200000001ffffffff, without one of its texts",
        "01020000000104000001, 67108865 bytes"
    })
    void whatThisReleaseDoesNotKnowIsRefused(String content, String says) {
        String length = HexFormat.of().toHexDigits((byte) (content.length() / 2));

        assertThatThrownBy(() -> read(HEAD + "77" + length + content + END))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining(says);
    }

    private static byte[] write(Stored stored) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(stored);
        }
        return bytes.toByteArray();
    }

    private static @Nullable Object read(String hex) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex)))) {
            return in.readObject();
        }
    }
}
