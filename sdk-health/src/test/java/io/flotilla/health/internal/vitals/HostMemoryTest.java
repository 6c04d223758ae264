package io.flotilla.health.internal.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTest {
    private static final String MEMINFO = """
            MemTotal:       1000 kB
            MemFree:          50 kB
            MemAvailable:    250 kB
            CommitLimit:     500 kB
            Committed_AS:    600 kB
            HugePages_Total:       0
            """;

    @TempDir
    private Path root;

    private Vitals read(String meminfo, String overcommit) {
        FakeMachine machine =
                new FakeMachine(root).with("proc/meminfo", meminfo).with("proc/sys/vm/overcommit_memory", overcommit);
        return machine.read(new HostMemory(machine.files));
    }

    @Test
    void whatIsAvailableAndWhatWasPromised() {
        Vitals vitals = read(MEMINFO, "0\n");
        assertThat(vitals.of(Signal.HOST_MEMORY)).hasValue(0.75);
        assertThat(vitals.of(Signal.COMMITTED)).hasValue(1.2);
    }

    @Test
    void promisesAreLimitedInModeTwoOnly() {
        assertThat(read(MEMINFO, "0\n").of(Signal.COMMITTED_ENFORCED)).isEmpty();
        assertThat(read(MEMINFO, "1\n").of(Signal.COMMITTED_ENFORCED)).isEmpty();
        assertThat(read(MEMINFO, "2\n").of(Signal.COMMITTED_ENFORCED)).hasValue(1.2);
    }

    @Test
    void oldKernelsDoNotSayWhatIsAvailable() {
        Vitals vitals = read("MemTotal: 1000 kB\nMemFree: 10 kB\nCommitLimit: 500 kB\nCommitted_AS: 100 kB\n", "2\n");
        assertThat(vitals.of(Signal.HOST_MEMORY)).isEmpty();
        assertThat(vitals.of(Signal.COMMITTED_ENFORCED)).hasValue(0.2);
    }

    @Test
    void elsewhereAllIsUnknown() {
        FakeMachine machine = new FakeMachine(root);
        assertThat(machine.read(new HostMemory(machine.files))).isEqualTo(Vitals.UNKNOWN);
    }
}
