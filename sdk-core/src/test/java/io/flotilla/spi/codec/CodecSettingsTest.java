package io.flotilla.spi.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ValueCodec;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodecSettingsTest {
    private static final ValueCodec JAVA = CodecSettings.defaults("shop").codec();

    private record Codec(int format) implements ValueCodec {
        @Override
        public Coder forApplication(ApplicationClasses classes) {
            throw new UnsupportedOperationException();
        }
    }

    private static CodecSettings settings(ValueCodec codec, ValueCodec... alsoReads) {
        return new CodecSettings("shop", codec, List.of(alsoReads), List.of());
    }

    private static void refused(ThrowingCallable settings, String message) {
        assertThatThrownBy(settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void defaultsAreJavaSerializationOfAllClasses() {
        assertThat(CodecSettings.defaults("shop"))
                .hasToString("CodecSettings[module=shop, codec=Java serialization, alsoReads=[], allowClasses=[]]");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 64, 127}) // 3 is Fory's
    void formats(int format) {
        assertThat(settings(new Codec(format), JAVA).codec().format()).isEqualTo(format);
        assertThat(settings(JAVA, new Codec(format)).alsoReads()).containsExactly(new Codec(format));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2, 128})
    void formatsThatAreNotFree(int format) {
        String rule = " must have a format between 64 and 127, was Codec[format=" + format + "] with format " + format;

        refused(() -> settings(new Codec(format)), "shop.codec" + rule);
        refused(() -> settings(JAVA, new Codec(format)), "shop.alsoReads" + rule);
    }

    @Test
    void oneCodecForEachFormat() {
        String message =
                "shop.alsoReads must name one codec for each format, was Codec[format=64] with format 64 again";

        refused(() -> settings(new Codec(64), new Codec(64)), message);
        refused(() -> settings(JAVA, new Codec(64), new Codec(64)), message);
    }

    @Test
    void patterns() {
        refused(
                () -> new CodecSettings("cache.prices", JAVA, List.of(), List.of("com.shop.*", "!*")),
                "cache.prices.allowClasses must name classes (com.shop.Cart), packages (com.shop.*) or packages with all"
                        + " below them (com.shop.**), was !*");
    }
}
