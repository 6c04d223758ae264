package io.flotilla.health.internal.vitals;

import java.nio.file.Path;

/**
 * Memory of the control groups. Cached files that were not used lately do not count: the kernel drops them before it
 * refuses anything, and with them every group that reads files would look full.
 */
final class CgroupMemory implements Source {
    /** Version 1 has no word for "no limit", but a number near 2^63. */
    private static final long NO_LIMIT = 1L << 60;

    private final ControlGroups groups;

    CgroupMemory(ControlGroups groups) {
        this.groups = groups;
    }

    @Override
    public void read(Vitals.Collector vitals) {
        double fullest = -1;
        for (Path each : groups.unified()) {
            long limit = smaller(
                    MachineFiles.number(each.resolve("memory.max")), MachineFiles.number(each.resolve("memory.high")));
            fullest = Math.max(fullest, share(each, "memory.current", "inactive_file", limit));
        }
        for (Path each : groups.of("memory")) {
            long limit = MachineFiles.number(each.resolve("memory.limit_in_bytes"));
            fullest = Math.max(fullest, share(each, "memory.usage_in_bytes", "total_inactive_file", limit));
        }
        vitals.take(Signal.CGROUP_MEMORY, fullest);
    }

    private static double share(Path group, String usage, String droppable, long limit) {
        long used = MachineFiles.number(group.resolve(usage));
        if (used < 0 || limit <= 0 || limit >= NO_LIMIT) {
            return -1;
        }
        long files = MachineFiles.table(group.resolve("memory.stat")).getOrDefault(droppable, 0L);
        return (double) Math.max(0, used - files) / limit;
    }

    private static long smaller(long one, long other) {
        return one < 0 || other < 0 ? Math.max(one, other) : Math.min(one, other);
    }
}
