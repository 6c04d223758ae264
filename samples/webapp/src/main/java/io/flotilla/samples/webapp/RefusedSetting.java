package io.flotilla.samples.webapp;

import java.util.Map;

/** Tells in the words of the command line which setting the SDK refused. */
final class RefusedSetting {
    private static final Map<String, String> OPTIONS = Map.of(
            "cluster.node", "--name",
            "cluster.bind", "--bind",
            "cluster.discovery", "--members",
            "cluster.security", "--secret-file",
            "sessions.timeout", "--session-timeout",
            "health.adminToken", "--admin-token-file",
            "forwarded.trust", "--trusted-proxies");

    private RefusedSetting() {}

    static StartFailure of(IllegalArgumentException refused) {
        String message = String.valueOf(refused.getMessage());
        String setting = message.split(" ", 2)[0];
        String option = OPTIONS.get(setting);
        return StartFailure.badOption(
                option == null ? message : "Invalid value for option '" + option + "': " + message);
    }
}
