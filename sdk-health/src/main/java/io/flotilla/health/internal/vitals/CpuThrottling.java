package io.flotilla.health.internal.vitals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often the control group used up its CPU quota, between one reading and the next. Unknown without a quota. */
final class CpuThrottling implements Source {
    private final ControlGroups groups;
    private @Nullable Sample before;

    private record Sample(Path group, long periods, long throttled) {}

    CpuThrottling(ControlGroups groups) {
        this.groups = groups;
    }

    @Override
    public void read(Vitals.Collector vitals) {
        Sample now = sample();
        if (now != null && before != null && now.group.equals(before.group)) {
            vitals.take(Signal.CPU_THROTTLED, share(before, now));
        }
        before = now;
    }

    private static double share(Sample before, Sample now) {
        long periods = now.periods - before.periods; // only those in which the group ran at all
        return periods == 0 ? 0 : (double) (now.throttled - before.throttled) / periods;
    }

    /** Of the nearest group with a quota. */
    private @Nullable Sample sample() {
        List<Path> folders = new ArrayList<>(groups.unified());
        folders.addAll(groups.of("cpu"));
        for (Path each : folders) {
            Map<String, Long> stat = MachineFiles.table(each.resolve("cpu.stat"));
            long periods = stat.getOrDefault("nr_periods", 0L);
            if (periods > 0) {
                return new Sample(each, periods, stat.getOrDefault("nr_throttled", 0L));
            }
        }
        return null;
    }
}
