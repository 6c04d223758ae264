package io.flotilla.health.internal.vitals;

import com.sun.management.OperatingSystemMXBean;

/** CPU time as the JVM counts it, which knows the limits of a container; the load average does not. */
final class CpuLoad implements Source {
    private final java.lang.management.OperatingSystemMXBean system;

    CpuLoad(java.lang.management.OperatingSystemMXBean system) {
        this.system = system;
    }

    @Override
    public void read(Vitals.Collector vitals) {
        if (system instanceof OperatingSystemMXBean known) {
            vitals.take(Signal.CPU, known.getCpuLoad()); // negative as long as it is not known
            vitals.take(Signal.PROCESS_CPU, known.getProcessCpuLoad());
        }
    }
}
