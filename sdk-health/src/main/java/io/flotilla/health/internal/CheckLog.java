package io.flotilla.health.internal;

import io.flotilla.spi.HealthCheck.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line whenever a check changes its mind. Used by one thread. */
final class CheckLog {
    private static final Logger log = LoggerFactory.getLogger(CheckLog.class);

    private final String node;
    private final Map<String, Status> known = new HashMap<>();

    CheckLog(String node) {
        this.node = node;
    }

    void note(List<Outcome> outcomes) {
        for (Outcome each : outcomes) {
            if (each.status() != null) {
                note(each, each.status());
            }
        }
    }

    private void note(Outcome outcome, Status status) {
        Status before = known.put(outcome.name(), status);
        if (before == status || (before == null && status == Status.UP)) {
            return;
        }
        switch (status) {
            case UP -> log.info("node '{}': health check '{}' is UP again", node, outcome.name());
            case DEGRADED ->
                log.info("node '{}': health check '{}' is DEGRADED: {}", node, outcome.name(), outcome.detail());
            case DOWN ->
                log.warn(
                        "node '{}': health check '{}' is DOWN, so this node is not ready: {}",
                        node,
                        outcome.name(),
                        outcome.detail());
        }
    }
}
