package io.flotilla.health.internal.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupMemoryTest {
    private static final String SLICE = "sys/fs/cgroup/shop.slice/";
    private static final String OWN = SLICE + "web.service/";

    @TempDir
    private Path root;

    private FakeMachine machine;

    @BeforeEach
    void newMachine() {
        machine = new FakeMachine(root);
    }

    private Vitals read() {
        return machine.read(new CgroupMemory(machine.groups));
    }

    private void used(String group, long bytes) {
        machine.with(group + "memory.current", bytes + "\n");
    }

    @Test
    void isUnknownWithoutControlGroups() {
        assertThat(read()).isEqualTo(Vitals.UNKNOWN);
    }

    @Test
    void isUnknownWithoutALimit() {
        machine.unified().with(OWN + "memory.max", "max\n").with(OWN + "memory.high", "max\n");
        used(OWN, 500);
        assertThat(read()).isEqualTo(Vitals.UNKNOWN);
    }

    @Test
    void isUsedOfTheLimitWithoutFilesThatCanBeDropped() {
        machine.unified()
                .with(OWN + "memory.max", "1000\n")
                .with(OWN + "memory.high", "max\n")
                .with(OWN + "memory.stat", "anon 400\nfile 500\ninactive_file 300\nactive_file 200\n");
        used(OWN, 900);
        assertThat(read().of(Signal.CGROUP_MEMORY)).hasValue(0.6);
    }

    @Test
    void isSlowedDownAtTheLowerLimitAlready() {
        machine.unified().with(OWN + "memory.max", "1000\n").with(OWN + "memory.high", "500\n");
        used(OWN, 400);
        assertThat(read().of(Signal.CGROUP_MEMORY)).hasValue(0.8);
    }

    @Test
    void theFullestGroupAboveCounts() {
        machine.unified().with(OWN + "memory.max", "1000\n").with(SLICE + "memory.max", "2000\n");
        used(OWN, 100);
        used(SLICE, 1900);
        assertThat(read().of(Signal.CGROUP_MEMORY)).hasValue(0.95);
    }

    @Test
    void inAContainerTheMountedFolderIsTheGroup() {
        machine.with("sys/fs/cgroup/cgroup.controllers", "memory\n")
                .with("proc/self/cgroup", "0::/kubepods/pod7/abc\n")
                .with("sys/fs/cgroup/memory.max", "1000\n");
        used("sys/fs/cgroup/", 250);
        assertThat(read().of(Signal.CGROUP_MEMORY)).hasValue(0.25);
    }

    @Test
    void readsVersion1() {
        String own = "sys/fs/cgroup/memory/docker/abc/";
        machine.with("proc/self/cgroup", "5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n")
                .with(own + "memory.limit_in_bytes", "1000\n")
                .with(own + "memory.usage_in_bytes", "700\n")
                .with(own + "memory.stat", "cache 300\ninactive_file 1\ntotal_inactive_file 200\n")
                .with("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")
                .with("sys/fs/cgroup/memory/memory.usage_in_bytes", "5000000\n");
        assertThat(read().of(Signal.CGROUP_MEMORY)).hasValue(0.5);
    }

    @Test
    void version1WithoutALimitIsUnknown() {
        machine.with("proc/self/cgroup", "5:memory:/\n")
                .with("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")
                .with("sys/fs/cgroup/memory/memory.usage_in_bytes", "5000000\n");
        assertThat(read()).isEqualTo(Vitals.UNKNOWN);
    }

    @Test
    void garbageIsUnknown() {
        machine.unified().with(OWN + "memory.max", "\n").with(OWN + "memory.current", "many\n");
        assertThat(read()).isEqualTo(Vitals.UNKNOWN);
    }
}
