package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.util.Clock;
import com.hazelcast.internal.util.ClockProperties;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SystemTimeTest {

    @Test
    void runsWithElapsedTimeAndNeverGoesBack() {
        long first = SystemTime.CLOCK.millis();
        long last = first;
        long ticksBefore = SystemTime.TICKER.getAsLong();
        while (SystemTime.TICKER.getAsLong() - ticksBefore
                < Duration.ofMillis(50).toNanos()) {
            long now = SystemTime.CLOCK.millis();
            assertThat(now).isBetween(last, last + 30_000);
            last = now;
        }
        assertThat(SystemTime.CLOCK.millis() - first).isBetween(48L, 30_000L);
    }

    @Test
    void startsFromTheSystemsWallClock() {
        assertThat(SystemTime.CLOCK.instant())
                .isBetween(Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z"));
    }

    @Test
    void hazelcastKeepsTheSameTimeAndNoSystemPropertyIsLeftBehind() throws Exception {
        HazelcastStatics.initialize();
        HazelcastStatics.initialize();

        Field clock = Clock.class.getDeclaredField("CLOCK");
        clock.setAccessible(true);
        assertThat(clock.get(null)).isInstanceOf(SteadyHazelcastClock.class);
        assertThat(Clock.currentTimeMillis() - SystemTime.CLOCK.millis()).isBetween(-1_000L, 1_000L);
        assertThat(System.getProperty(ClockProperties.HAZELCAST_CLOCK_IMPL)).isNull();
        assertThat(System.getProperty("hazelcast.logging.type")).isNull();
        assertThat(com.hazelcast.logging.Logger.getLogger("any").getClass().getName())
                .contains("Slf4j");
    }
}
