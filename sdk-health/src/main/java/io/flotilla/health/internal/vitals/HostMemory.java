package io.flotilla.health.internal.vitals;

import java.util.Map;

/** The whole machine's memory: what is not available, and what was promised. */
final class HostMemory implements Source {
    private static final long NEVER_OVERCOMMIT = 2;

    private final MachineFiles files;

    HostMemory(MachineFiles files) {
        this.files = files;
    }

    @Override
    public void read(Vitals.Collector vitals) {
        Map<String, Long> memory = MachineFiles.table(files.path("proc/meminfo"));
        double available = ratio(memory, "MemAvailable", "MemTotal"); // kernels before 3.14 do not say
        vitals.take(Signal.HOST_MEMORY, Math.max(0, 1 - available));
        double committed = ratio(memory, "Committed_AS", "CommitLimit");
        vitals.take(Signal.COMMITTED, committed);
        // In the other modes the limit is not enforced, and a healthy machine may be above it.
        if (MachineFiles.number(files.path("proc/sys/vm/overcommit_memory")) == NEVER_OVERCOMMIT) {
            vitals.take(Signal.COMMITTED_ENFORCED, committed);
        }
    }

    private static double ratio(Map<String, Long> table, String part, String whole) {
        Long numerator = table.get(part);
        Long denominator = table.get(whole);
        return numerator == null || denominator == null || denominator == 0
                ? Double.NaN
                : (double) numerator / denominator;
    }
}
