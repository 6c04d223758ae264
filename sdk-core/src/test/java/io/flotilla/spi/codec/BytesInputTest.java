package io.flotilla.spi.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BytesInputTest {
    private static final int ARRAY = 8;

    @Property
    void readsWhatTheJdksStreamReads(
            @ForAll byte[] bytes, @ForAll @IntRange(max = 20) int from, @ForAll List<@IntRange(max = 6) Integer> reads)
            throws IOException {
        int begin = Math.min(from, bytes.length);
        InputStream ours = new BytesInput(bytes, begin);
        InputStream theirs = new ByteArrayInputStream(bytes, begin, bytes.length - begin);

        assertThat(read(ours, reads)).isEqualTo(read(theirs, reads));
    }

    /** What came of each read: 0 reads a byte, anything else as many into an array. */
    private static List<Object> read(InputStream in, List<Integer> reads) throws IOException {
        List<Object> results = new ArrayList<>();
        for (int each : reads) {
            results.add(in.available());
            if (each == 0) {
                results.add(in.read());
            } else {
                byte[] to = new byte[ARRAY];
                results.add(in.read(to, 2, each));
                results.add(List.of(to[0], to[1], to[2], to[3], to[4], to[5], to[6], to[7]));
            }
        }
        results.add(in.readAllBytes().length);
        return results;
    }

    @Test
    void readsNothingWhenAskedForNothing() throws IOException {
        assertThat(new BytesInput(new byte[0], 0).read(new byte[1], 0, 0)).isZero();
    }

    @Test
    void doesNotWriteBeyondTheArray() {
        InputStream in = new BytesInput(new byte[ARRAY], 0);

        assertThatThrownBy(() -> in.read(new byte[2], 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
