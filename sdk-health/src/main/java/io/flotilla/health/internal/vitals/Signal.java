package io.flotilla.health.internal.vitals;

/** What is measured; each a fraction, 0 for nothing and 1 for all. */
public enum Signal {
    /** What the last collection of the old generation left over, of that generation's maximum. */
    HEAP("heap"),
    /** Memory of this process's control groups, of the tightest of their limits; without files that can be dropped. */
    CGROUP_MEMORY("cgroup.memory"),
    /** The machine's memory that is not available. */
    HOST_MEMORY("host.memory"),
    /** Memory that processes were promised, of what may be promised; above 1 on healthy machines that do not enforce it. */
    COMMITTED("committed"),
    /** The same, known only where the kernel refuses to promise more. */
    COMMITTED_ENFORCED("committed.enforced"),
    /** CPU time of all processes, of what this container may use. */
    CPU("cpu"),
    /** CPU time of this process. */
    PROCESS_CPU("process.cpu"),
    /** Scheduler periods in which this process's control group ran out of its CPU quota. */
    CPU_THROTTLED("cpu.throttled"),
    /** Share of the last ten seconds in which some task waited for a CPU. */
    CPU_PRESSURE("cpu.pressure"),
    /** Share of the last ten seconds in which some task waited for memory. */
    MEMORY_PRESSURE("memory.pressure"),
    /** Share of the last ten seconds in which all tasks waited for memory. */
    MEMORY_STALL("memory.stall"),
    /** Share of the last ten seconds in which some task waited for a disk. */
    IO_PRESSURE("io.pressure"),
    /** Share of the last ten seconds in which all tasks waited for a disk. */
    IO_STALL("io.stall");

    private final String label;

    Signal(String label) {
        this.label = label;
    }

    /** The name in metrics and details. */
    public String label() {
        return label;
    }
}
