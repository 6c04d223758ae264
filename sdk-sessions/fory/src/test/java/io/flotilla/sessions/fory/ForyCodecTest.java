package io.flotilla.sessions.fory;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ValueCodec;
import io.flotilla.testkit.ValueCodecContract;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForyCodecTest extends ValueCodecContract {
    private static final HexFormat HEX = HexFormat.of();

    @Override
    protected ValueCodec codec() {
        return new ForyCodec();
    }

    private record Line(String article, int count, BigDecimal price, Size size) implements Serializable {}

    private enum Size {
        SMALL
    }

    /** Stored by nodes with this release: another Fory must read it. What it writes may differ with the JVM's zlib. */
    @Test
    void goldenBytesAreRead() throws Exception {
        String bytes =
                "0300005a020100150c746561001e003d303558b4edad0b30084121da2add342d60d4892921cd968ae8e03a3e722c3870"
                        + "6205688927f4a41a203489d46cc01405460233409640141537be281100146f264919201004ff0c742d31006f02030200faff1453"
                        + "4d414c4c";
        Object value = new ArrayList<>(List.of("tea", new Line("t-1", 2, BigDecimal.valueOf(250, 2), Size.SMALL)));

        assertThat(codec().forApplication(new AllClasses()).decode(HEX.parseHex(bytes), 1))
                .isEqualTo(value);
    }

    private record AllClasses() implements ApplicationClasses {
        @Override
        public ClassLoader loader() {
            return ForyCodecTest.class.getClassLoader();
        }

        @Override
        public boolean allows(String className) {
            return true;
        }

        @Override
        public Class<?> find(String className) throws ClassNotFoundException {
            return Class.forName(className, false, loader());
        }
    }
}
