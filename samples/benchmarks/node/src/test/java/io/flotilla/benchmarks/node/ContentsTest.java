package io.flotilla.benchmarks.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentsTest {

    @ParameterizedTest
    @ValueSource(ints = {1024, 16 * 1024})
    void cartsHaveTheSizeThatWasAskedForToTheByte(int bytes) {
        Contents contents = new Contents(bytes);

        assertThat(Contents.size(contents.cart(0))).isEqualTo(bytes);
        assertThat(Contents.size(contents.cart(System.nanoTime()))).isEqualTo(bytes);
    }
}
