package io.flotilla.samples.webapp;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what this node's application hears of its sessions. */
final class SessionEventCounts implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {
    private static final String ATTRIBUTE = SessionEventCounts.class.getName();

    /** What is counted. */
    enum Kind {
        CREATED("created"),
        DESTROYED("destroyed"),
        EXPIRED("expired"),
        ADDED("attributesAdded"),
        REPLACED("attributesReplaced"),
        REMOVED("attributesRemoved"),
        ID_CHANGED("idChanged"),
        BOUND("bound"),
        UNBOUND("unbound");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private final Map<Kind, AtomicLong> counts = new EnumMap<>(Kind.class);
    private final InstantSource clock;

    SessionEventCounts(InstantSource clock) {
        this.clock = clock;
        for (Kind each : Kind.values()) {
            counts.put(each, new AtomicLong());
        }
    }

    /** Puts the counts where values find them. */
    void register(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
        context.addListener(this);
    }

    /** Counts for a value that was told. */
    static void count(HttpSession session, Kind kind) {
        if (session.getServletContext().getAttribute(ATTRIBUTE) instanceof SessionEventCounts present) {
            present.count(kind);
        }
    }

    Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        counts.forEach((kind, count) -> all.put(kind.label, count.get()));
        return all;
    }

    private void count(Kind kind) {
        AtomicLong count = counts.get(kind);
        if (count != null) {
            count.incrementAndGet();
        }
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        count(Kind.CREATED);
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        count(Kind.DESTROYED);
        HttpSession session = event.getSession();
        int timeout = session.getMaxInactiveInterval();
        if (timeout > 0 && clock.millis() - session.getLastAccessedTime() >= timeout * 1000L) {
            count(Kind.EXPIRED);
        }
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        count(Kind.ADDED);
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent event) {
        count(Kind.REPLACED);
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        count(Kind.REMOVED);
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        count(Kind.ID_CHANGED);
    }
}
