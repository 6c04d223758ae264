package io.flotilla.samples.farm;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Needs Debian's package haproxy; without it the test fails and says so. */
@Tag("balancer")
final class HaproxyRollingRestartIT {
    @Test
    void failsNoRequestAndLosesNoSession() throws Exception {
        HaproxyBalancer.requireInstalled();
        RollingRestart.runsUnnoticed(BalancerKind.HAPROXY);
    }
}
