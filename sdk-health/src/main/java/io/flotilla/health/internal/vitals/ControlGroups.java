package io.flotilla.health.internal.vitals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The folders of the control groups that this process is in, of both versions of the interface. A limit of any group above
 * counts too, so the folders go from the process's own group up to the topmost one that can be seen.
 */
final class ControlGroups {
    private static final String MOUNT = "sys/fs/cgroup";

    private final MachineFiles files;

    ControlGroups(MachineFiles files) {
        this.files = files;
    }

    /** Version 2; empty if the machine does not use it. */
    List<Path> unified() {
        Path mount = files.path(MOUNT);
        return Files.exists(mount.resolve("cgroup.controllers")) ? upwards(mount, group("")) : List.of();
    }

    /** Version 1, for a controller such as {@code memory}; empty if the machine does not use it. */
    List<Path> of(String controller) {
        Path mount = files.path(MOUNT).resolve(controller);
        return Files.isDirectory(mount) ? upwards(mount, group(controller)) : List.of();
    }

    /** The process's group, as {@code /proc/self/cgroup} names it: {@code 0::/a/b}, {@code 4:cpu,cpuacct:/a/b}. */
    private String group(String controller) {
        for (String line : MachineFiles.lines(files.path("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && Arrays.asList(parts[1].split(",", -1)).contains(controller)) {
                return parts[2];
            }
        }
        return "/";
    }

    /** In a container the name may be the host's, of which nothing can be seen but what is mounted: the group itself. */
    private static List<Path> upwards(Path mount, String group) {
        List<Path> folders = new ArrayList<>();
        Path own = mount.resolve(group.substring(group.startsWith("/") ? 1 : 0)).normalize();
        for (Path each = own; each != null && each.startsWith(mount); each = each.getParent()) {
            if (Files.isDirectory(each)) {
                folders.add(each);
            }
        }
        return folders;
    }
}
