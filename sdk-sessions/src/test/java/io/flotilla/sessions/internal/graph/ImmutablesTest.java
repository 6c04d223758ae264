package io.flotilla.sessions.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ImmutablesTest {
    private static final class Mutable extends BigDecimal {
        private static final long serialVersionUID = 1;

        Mutable() {
            super("1");
        }
    }

    private enum WithBodies {
        ONE {
            @Override
            int number() {
                return 1;
            }
        };

        abstract int number();
    }

    @Test
    void cannotChange() {
        assertThat(List.of(
                        "text",
                        true,
                        'c',
                        (byte) 1,
                        (short) 1,
                        1,
                        1L,
                        1f,
                        1d,
                        BigInteger.ONE,
                        BigDecimal.ONE,
                        new UUID(1, 2),
                        URI.create("urn:x"),
                        Locale.ROOT,
                        TimeUnit.DAYS,
                        WithBodies.ONE,
                        Instant.EPOCH,
                        Duration.ZERO,
                        LocalDate.EPOCH))
                .allMatch(Immutables::isImmutable);
        assertThat(WithBodies.ONE.number()).isEqualTo(1);
    }

    @Test
    @SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"}) // applications have them
    void mayChange() {
        assertThat(List.of(
                        new ArrayList<>(),
                        List.of(new Date(0)),
                        new Date(0),
                        new StringBuilder(),
                        new int[1],
                        new String[1],
                        new Mutable()))
                .noneMatch(Immutables::isImmutable);
    }

    @Test
    void arrayOfImmutablesMayChange() {
        assertThat(Immutables.isImmutable(new LocalDate[] {LocalDate.EPOCH})).isFalse();
        assertThat(Immutables.isImmutable(new TimeUnit[1])).isFalse();
        assertThat(Immutables.isImmutable(new Instant[0][0])).isFalse();
    }
}
