package io.flotilla.benchmarks.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class CallsTest {

    @Test
    void areShownForARequest() {
        Calls before = new Calls(Map.of("open", 100L, "invalidate", 3L));
        Calls after = new Calls(Map.of("open", 300L, "invalidate", 3L, "commit", 50L));

        assertThat(after.since(before, 200)).isEqualTo("commit 0.25, open 1.00");
        assertThat(before.since(before, 200)).isEqualTo("-");
    }
}
