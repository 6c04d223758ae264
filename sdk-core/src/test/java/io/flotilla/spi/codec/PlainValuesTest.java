package io.flotilla.spi.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainValuesTest {
    private static final HexFormat HEX = HexFormat.of();

    /** Stored by nodes of other releases: these bytes never change. */
    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("tea", "0273746561"),
                Arguments.of("caf\u00e9", "0273636166e9"),
                Arguments.of("", "0273"),
                Arguments.of("\u8336", "02538336"),
                Arguments.of("a\ud800", "02530061d800"),
                Arguments.of(true, "0254"),
                Arguments.of(false, "0246"),
                Arguments.of('\u8336', "02638336"),
                Arguments.of((byte) -2, "0262fe"),
                Arguments.of((short) -2, "0268fffe"),
                Arguments.of(4711, "026900001267"),
                Arguments.of(-2L, "026cfffffffffffffffe"),
                Arguments.of(1.5f, "02663fc00000"),
                Arguments.of(-0.0, "02648000000000000000"),
                Arguments.of(new UUID(1, -1), "02750000000000000001ffffffffffffffff"),
                Arguments.of(Instant.ofEpochSecond(-1, 5), "0274ffffffffffffffff00000005"),
                Arguments.of(LocalDate.EPOCH.plusDays(256), "02440000000000000100"));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void goldenBytes(Object value, String bytes) {
        assertThat(HEX.formatHex(encoded(value))).isEqualTo(bytes);
        assertThat(PlainValues.decode(HEX.parseHex(bytes))).isEqualTo(value);
    }

    private static byte[] encoded(Object value) {
        byte @Nullable [] bytes = PlainValues.encode(value);
        return requireNonNull(bytes);
    }

    @Test
    void extremes() {
        for (Object each : List.of(
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Double.NaN,
                Float.NEGATIVE_INFINITY,
                Character.MAX_VALUE,
                Instant.MIN,
                Instant.MAX,
                LocalDate.MIN,
                LocalDate.MAX)) {
            assertThat(PlainValues.decode(encoded(each))).isEqualTo(each);
        }
    }

    @Property
    void anyTextComesBack(@ForAll String text) {
        assertThat(PlainValues.decode(encoded(text))).isEqualTo(text);
    }

    @Test
    void otherTypesAreLeftToTheCodec() {
        assertThat(Stream.of(new BitSet(), BigDecimal.ONE, new int[0], TimeUnit.DAYS, List.of())
                        .map(PlainValues::encode))
                .containsOnlyNulls();
    }

    @Property
    void damagedBytesAreRefusedOrAnotherValue(@ForAll byte[] tail) {
        byte[] bytes = new byte[tail.length + 1];
        bytes[0] = PlainValues.FORMAT;
        System.arraycopy(tail, 0, bytes, 1, tail.length);
        try {
            assertThat(PlainValues.encode(PlainValues.decode(bytes))).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).isExactlyInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02",
                "0200",
                "025400",
                "025300",
                "0269000012",
                "02690000126700",
                "027400000000000000003b9aca00ff",
                "02747fffffffffffffff00000000",
                "02447fffffffffffffff"
            })
    void wrongLengthsAndTypesAreRefused(String bytes) {
        assertThatThrownBy(() -> PlainValues.decode(HEX.parseHex(bytes))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sizes() {
        assertThat(encoded(4711)).hasSize(6);
        assertThat(encoded("x".repeat(1000))).hasSize(1002);
        assertThat(Arrays.copyOf(encoded("x"), 2)).isEqualTo(new byte[] {2, 's'});
    }
}
