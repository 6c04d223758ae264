package io.flotilla.sessions.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SecretHashTest {
    @Property
    void everyBitOfTheFirst128Counts(@ForAll @Size(32) byte[] hash, @ForAll @IntRange(max = 255) int bit) {
        byte[] other = hash.clone();
        other[bit / 8] ^= (byte) (1 << (bit % 8));

        assertThat(SecretHash.of(hash).matches(SecretHash.of(hash.clone()))).isTrue();
        assertThat(SecretHash.of(hash).matches(SecretHash.of(Arrays.copyOf(hash, 16))))
                .isTrue();
        assertThat(SecretHash.of(hash).matches(SecretHash.of(other))).isEqualTo(bit >= 128);
    }

    @Test
    void isNeverPrinted() {
        assertThat(new SecretHash(12, 34)).hasToString("SecretHash");
    }
}
