package io.flotilla.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SessionsBuilderTest {

    /** Their bytes have the rest. */
    @Test
    void threeQuartersOfTheCopiesAreForObjects() {
        assertThat(new SessionsBuilder().localCopies(1000).build().localObjects())
                .isEqualTo(750);
    }
}
