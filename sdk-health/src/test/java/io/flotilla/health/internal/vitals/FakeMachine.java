package io.flotilla.health.internal.vitals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that looks like the root of a machine. */
final class FakeMachine {
    final Path root;
    final MachineFiles files;
    final ControlGroups groups;

    FakeMachine(Path root) {
        this.root = root;
        this.files = new MachineFiles(root);
        this.groups = new ControlGroups(files);
    }

    FakeMachine with(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A machine with version 2 of the control groups, and this process in the group {@code /shop.slice/web.service}. */
    FakeMachine unified() {
        return with("sys/fs/cgroup/cgroup.controllers", "cpu io memory pids\n")
                .with("proc/self/cgroup", "0::/shop.slice/web.service\n");
    }

    Vitals read(Source source) {
        Vitals.Collector vitals = new Vitals.Collector();
        source.read(vitals);
        return vitals.all();
    }
}
