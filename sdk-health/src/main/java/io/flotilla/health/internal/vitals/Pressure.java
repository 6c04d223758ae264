package io.flotilla.health.internal.vitals;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel's pressure stall information: the share of time in which tasks waited for a resource. Of this process's own
 * control group where that is known, else of the whole machine.
 */
final class Pressure implements Source {
    private final MachineFiles files;
    private final ControlGroups groups;

    Pressure(MachineFiles files, ControlGroups groups) {
        this.files = files;
        this.groups = groups;
    }

    @Override
    public void read(Vitals.Collector vitals) {
        for (String line : MachineFiles.lines(file("cpu"))) {
            take(vitals, line, "some", Signal.CPU_PRESSURE);
        }
        for (String line : MachineFiles.lines(file("memory"))) {
            take(vitals, line, "some", Signal.MEMORY_PRESSURE);
            take(vitals, line, "full", Signal.MEMORY_STALL);
        }
        for (String line : MachineFiles.lines(file("io"))) {
            take(vitals, line, "some", Signal.IO_PRESSURE);
            take(vitals, line, "full", Signal.IO_STALL);
        }
    }

    private Path file(String resource) {
        return groups.unified().stream()
                .limit(1)
                .map(own -> own.resolve(resource + ".pressure"))
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> files.path("proc/pressure/" + resource));
    }

    /** A line is such as {@code some avg10=1.50 avg60=0.90 avg300=0.20 total=123456}, in percent. */
    private static void take(Vitals.Collector vitals, String line, String kind, Signal signal) {
        String[] words = line.split(" ", -1);
        if (!words[0].equals(kind)) {
            return;
        }
        for (String each : words) {
            if (each.startsWith("avg10=")) {
                vitals.take(signal, percent(each.substring("avg10=".length())) / 100);
            }
        }
    }

    private static double percent(String digits) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException unknown) {
            return Double.NaN;
        }
    }
}
