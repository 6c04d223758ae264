package io.flotilla.health.internal.checks;

import io.flotilla.spi.HealthCheck;

/**
 * A check that never takes the node out of rotation, even when it hangs. For what all nodes share: if each of them left
 * because of it, a small outage would be a whole one.
 */
public final class Advisory implements HealthCheck {
    private final HealthCheck asked;

    public Advisory(HealthCheck asked) {
        this.asked = asked;
    }

    @Override
    public String name() {
        return asked.name();
    }

    @Override
    public Result check() throws Exception {
        return asked.check();
    }

    @Override
    public String toString() {
        return asked.toString();
    }
}
