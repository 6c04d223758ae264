package io.flotilla.samples.farm;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
final class BuiltinRollingRestartIT {
    @Test
    void failsNoRequestAndLosesNoSession() throws Exception {
        RollingRestart.runsUnnoticed(BalancerKind.BUILTIN);
    }
}
