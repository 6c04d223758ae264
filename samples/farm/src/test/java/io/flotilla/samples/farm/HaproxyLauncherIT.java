package io.flotilla.samples.farm;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs Debian's package haproxy; without it the test fails and says so. */
@Tag("balancer")
final class HaproxyLauncherIT {
    @Test
    void haproxyAndNodesGoWithTheLauncherEvenIfItIsKilled(@TempDir Path data) throws Exception {
        HaproxyBalancer.requireInstalled();
        new LauncherRun(data, "--balancer=haproxy").leavesNothingWhenKilled();
    }
}
