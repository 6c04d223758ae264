package io.flotilla.health.internal.checks;

import io.flotilla.spi.HealthCheck;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/**
 * Whether this node's own web server answers, whatever it answers: a process may be well while nobody accepts its
 * connections. Down after three silent probes in a row.
 */
public final class SelfProbe implements HealthCheck {
    static final String NAME = "self-probe";
    private static final int MISSES_TO_DOWN = 3;
    private static final int TIMEOUT_MILLIS = 800;

    private final URI address;
    private int misses; // checks never run twice at the same time

    public SelfProbe(URI address) {
        this.address = address;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Result check() {
        try {
            ask();
        } catch (IOException silence) {
            misses = Math.min(misses + 1, MISSES_TO_DOWN);
            return new Result(
                    misses < MISSES_TO_DOWN ? Status.DEGRADED : Status.DOWN,
                    "the own web server did not answer " + misses + " times in a row or more");
        }
        misses = 0;
        return Result.UP;
    }

    private void ask() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        try {
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("Connection", "close");
            if (connection.getResponseCode() < 0) {
                throw new IOException("that was no HTTP");
            }
        } finally {
            connection.disconnect();
        }
    }

    /** What it asks. */
    public URI address() {
        return address;
    }

    @Override
    public String toString() {
        return NAME + " " + address;
    }
}
