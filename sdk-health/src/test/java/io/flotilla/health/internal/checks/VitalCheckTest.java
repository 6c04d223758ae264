package io.flotilla.health.internal.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.health.internal.vitals.FakeVitals;
import io.flotilla.health.internal.vitals.Signal;
import io.flotilla.health.internal.vitals.Vitals;
import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VitalCheckTest {
    private static final Limits LIMITS = new Limits(0.8, 0.95);

    private Vitals vitals = Vitals.UNKNOWN;

    private Status heapAt(double value) {
        vitals = FakeVitals.of(Map.of(Signal.HEAP, value));
        return VitalCheck.heap(LIMITS, () -> vitals).check().status();
    }

    @Test
    void theLimitsBelongToTheWorseSide() {
        assertThat(heapAt(0.79)).isEqualTo(Status.UP);
        assertThat(heapAt(0.8)).isEqualTo(Status.DEGRADED);
        assertThat(heapAt(0.94)).isEqualTo(Status.DEGRADED);
        assertThat(heapAt(0.95)).isEqualTo(Status.DOWN);
    }

    @Test
    void withoutALimitForDownItIsNeverDown() {
        vitals = FakeVitals.of(Map.of(Signal.HEAP, 1.0));
        assertThat(VitalCheck.heap(new Limits(0.8, null), () -> vitals).check())
                .isEqualTo(new Result(Status.DEGRADED, "heap at 100 %"));
    }

    @Test
    void whatIsUnknownIsNeverBad() {
        assertThat(VitalCheck.heap(LIMITS, () -> vitals).check()).isEqualTo(new Result(Status.UP, "heap unknown"));
        assertThat(VitalCheck.memory(LIMITS, () -> vitals).check().status()).isEqualTo(Status.UP);
        assertThat(VitalCheck.cpu(LIMITS, () -> vitals).check().status()).isEqualTo(Status.UP);
        assertThat(VitalCheck.pressure(LIMITS, () -> vitals).check().status()).isEqualTo(Status.UP);
    }

    @Test
    void promisedMemoryIsBadOnlyWhereTheKernelHoldsToTheLimit() {
        vitals = FakeVitals.of(Map.of(Signal.COMMITTED, 1.4, Signal.HOST_MEMORY, 0.3));
        assertThat(VitalCheck.memory(LIMITS, () -> vitals).check())
                .isEqualTo(new Result(
                        Status.UP, "cgroup.memory unknown, host.memory at 30 %, committed.enforced unknown"));
        vitals = FakeVitals.of(Map.of(Signal.COMMITTED_ENFORCED, 0.96));
        assertThat(VitalCheck.memory(LIMITS, () -> vitals).check().status()).isEqualTo(Status.DOWN);
    }

    @Test
    void theWorstSignalDecides() {
        vitals = FakeVitals.of(Map.of(Signal.CPU, 0.1, Signal.CPU_THROTTLED, 0.9));
        assertThat(VitalCheck.cpu(LIMITS, () -> vitals).check().status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void pressureIsWorseWhenAllTasksWait() {
        Limits limits = new Limits(0.1, 0.2);
        vitals = FakeVitals.of(Map.of(Signal.MEMORY_PRESSURE, 0.9, Signal.MEMORY_STALL, 0.19));
        assertThat(VitalCheck.pressure(limits, () -> vitals).check().status()).isEqualTo(Status.DEGRADED);
        vitals = FakeVitals.of(Map.of(Signal.MEMORY_PRESSURE, 0.9, Signal.MEMORY_STALL, 0.2));
        assertThat(VitalCheck.pressure(limits, () -> vitals).check())
                .isEqualTo(new Result(Status.DOWN, "memory.stall at 20 %"));
    }
}
