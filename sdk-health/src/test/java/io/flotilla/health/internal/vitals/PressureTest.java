package io.flotilla.health.internal.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PressureTest {
    private static final String MEMORY = """
            some avg10=12.50 avg60=3.00 avg300=1.00 total=99
            full avg10=2.25 avg60=1.00 avg300=0.50 total=55
            """;

    @TempDir
    private Path root;

    private Vitals read(FakeMachine machine) {
        return machine.read(new Pressure(machine.files, machine.groups));
    }

    @Test
    void isOfTheMachineWhereTheGroupDoesNotSay() {
        Vitals vitals = read(new FakeMachine(root)
                .with("proc/pressure/memory", MEMORY)
                .with("proc/pressure/cpu", "some avg10=40.00 avg60=0.00 avg300=0.00 total=1\n")
                .with("proc/pressure/io", "some avg10=5.00 avg60=0.00 total=1\nfull avg10=4.00 avg60=0.00 total=1\n"));
        assertThat(vitals.of(Signal.MEMORY_PRESSURE)).hasValue(0.125);
        assertThat(vitals.of(Signal.MEMORY_STALL)).hasValue(0.0225);
        assertThat(vitals.of(Signal.CPU_PRESSURE)).hasValue(0.4);
        assertThat(vitals.of(Signal.IO_PRESSURE)).hasValue(0.05);
        assertThat(vitals.of(Signal.IO_STALL)).hasValue(0.04);
    }

    @Test
    void isOfTheOwnGroupIfItSays() {
        Vitals vitals = read(new FakeMachine(root)
                .unified()
                .with("sys/fs/cgroup/shop.slice/web.service/memory.pressure", MEMORY)
                .with("proc/pressure/memory", "some avg10=90.00 avg60=0.00 avg300=0.00 total=1\n"));
        assertThat(vitals.of(Signal.MEMORY_PRESSURE)).hasValue(0.125);
    }

    @Test
    void isUnknownWhereTheKernelDoesNotSay() {
        assertThat(read(new FakeMachine(root))).isEqualTo(Vitals.UNKNOWN);
    }

    @Test
    void garbageIsUnknown() {
        assertThat(read(new FakeMachine(root).with("proc/pressure/memory", "some avg10=x\n\nfull\n")))
                .isEqualTo(Vitals.UNKNOWN);
    }
}
