package io.flotilla.health.internal.vitals;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/** All sources of signals. Used by one thread. */
public final class Machine {
    private final List<Source> sources;

    Machine(List<Source> sources) {
        this.sources = sources;
    }

    /** The machine and the process that this code runs in. */
    public static Machine here() {
        MachineFiles files = new MachineFiles(Path.of("/"));
        ControlGroups groups = new ControlGroups(files);
        return new Machine(List.of(
                new HeapAfterCollection(
                        ManagementFactory.getMemoryPoolMXBeans(),
                        Runtime.getRuntime().maxMemory()),
                new CgroupMemory(groups),
                new HostMemory(files),
                new CpuLoad(ManagementFactory.getOperatingSystemMXBean()),
                new CpuThrottling(groups),
                new Pressure(files, groups)));
    }

    /** Measures everything; reads some twenty small files of the kernel. */
    public Vitals read() {
        Vitals.Collector vitals = new Vitals.Collector();
        for (Source each : sources) {
            each.read(vitals);
        }
        return vitals.all();
    }
}
