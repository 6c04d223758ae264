package io.flotilla.internal.security;

import com.hazelcast.logging.LogEvent;
import com.hazelcast.logging.LogListener;
import com.hazelcast.logging.LoggingService;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/** Why the cluster did not let this member in: Hazelcast tells it to nobody but its log. */
final class StartRefusal implements LogListener {
    private static final String BEFORE = "Reason of failure for node join: ";

    private volatile @Nullable String reason;

    /** Hears what a member logs. */
    void listen(LoggingService log) {
        log.addLogListener(Level.SEVERE, this);
    }

    @Override
    public void log(LogEvent event) {
        String line = event.getLogRecord().getMessage();
        int found = line == null ? -1 : line.indexOf(BEFORE);
        if (line != null && found >= 0) {
            reason = line.substring(found + BEFORE.length());
        }
    }

    /** What the oldest member has said; null if it has not refused this one. */
    @Nullable
    String reason() {
        return reason;
    }
}
