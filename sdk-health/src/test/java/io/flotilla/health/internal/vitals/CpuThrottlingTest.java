package io.flotilla.health.internal.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuThrottlingTest {
    private static final String OWN = "sys/fs/cgroup/shop.slice/web.service/cpu.stat";

    @TempDir
    private Path root;

    @Test
    void isTheShareOfPeriodsBetweenTwoReadings() {
        FakeMachine machine = new FakeMachine(root).unified();
        CpuThrottling throttling = new CpuThrottling(machine.groups);
        machine.with(OWN, "usage_usec 500\nnr_periods 100\nnr_throttled 90\nthrottled_usec 5\n");
        assertThat(machine.read(throttling)).isEqualTo(Vitals.UNKNOWN);

        machine.with(OWN, "usage_usec 600\nnr_periods 110\nnr_throttled 93\nthrottled_usec 9\n");
        assertThat(machine.read(throttling).of(Signal.CPU_THROTTLED)).hasValue(0.3);
        assertThat(machine.read(throttling).of(Signal.CPU_THROTTLED)).hasValue(0.0);
    }

    @Test
    void isUnknownWithoutAQuota() {
        FakeMachine machine = new FakeMachine(root).unified();
        CpuThrottling throttling = new CpuThrottling(machine.groups);
        machine.with(OWN, "usage_usec 500\nuser_usec 300\nsystem_usec 200\n");
        assertThat(machine.read(throttling)).isEqualTo(Vitals.UNKNOWN);
        assertThat(machine.read(throttling)).isEqualTo(Vitals.UNKNOWN);
    }

    @Test
    void readsVersion1AndANewGroupStartsAnew() {
        FakeMachine machine = new FakeMachine(root).with("proc/self/cgroup", "4:cpu,cpuacct:/a\n");
        CpuThrottling throttling = new CpuThrottling(machine.groups);
        machine.with("sys/fs/cgroup/cpu/a/cpu.stat", "nr_periods 10\nnr_throttled 5\nthrottled_time 12345\n");
        machine.read(throttling);
        machine.with("sys/fs/cgroup/cpu/a/cpu.stat", "nr_periods 20\nnr_throttled 15\nthrottled_time 22345\n");
        assertThat(machine.read(throttling).of(Signal.CPU_THROTTLED)).hasValue(1.0);

        machine.with("proc/self/cgroup", "4:cpu,cpuacct:/b\n")
                .with("sys/fs/cgroup/cpu/b/cpu.stat", "nr_periods 30\nnr_throttled 16\nthrottled_time 1\n");
        assertThat(machine.read(throttling)).isEqualTo(Vitals.UNKNOWN);
    }
}
