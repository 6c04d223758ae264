package io.flotilla.sessions.internal.web;

import io.flotilla.spi.Seldom;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EventListener;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a web application's listeners, and the values that want to know, what happens to sessions; in the order of the
 * listeners' declaration, the end of a session in the reverse order (Servlet 6.0, 11.3.3). A listener that fails is logged
 * and stops nothing, as in a container. Thread-safe.
 */
final class SessionEvents {
    private static final Logger log = LoggerFactory.getLogger(SessionEvents.class);

    /** The application's listeners by kind. */
    private record Listeners(
            List<HttpSessionListener> sessions,
            List<HttpSessionListener> sessionsReversed,
            List<HttpSessionAttributeListener> attributes,
            List<HttpSessionIdListener> ids) {

        static Listeners of(List<EventListener> all) {
            List<HttpSessionListener> sessions = only(HttpSessionListener.class, all);
            List<HttpSessionListener> reversed = new ArrayList<>(sessions);
            Collections.reverse(reversed);
            return new Listeners(
                    sessions,
                    List.copyOf(reversed),
                    only(HttpSessionAttributeListener.class, all),
                    only(HttpSessionIdListener.class, all));
        }

        private static <L> List<L> only(Class<L> kind, List<EventListener> all) {
            return all.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    /** Tells nobody of anything. */
    static final SessionEvents NONE = new SessionEvents(List::of, false, new Seldom(Duration.ZERO, () -> 0));

    private final Supplier<List<EventListener>> declared;
    private final boolean values;
    private final Seldom failureLines;
    private volatile @Nullable Listeners found;

    /**
     * Creates the events of one web application.
     *
     * @param declared finds the listeners; asked once, at the first event, when the application has started
     */
    SessionEvents(Supplier<List<EventListener>> declared, Seldom failureLines) {
        this(declared, true, failureLines);
    }

    private SessionEvents(Supplier<List<EventListener>> declared, boolean values, Seldom failureLines) {
        this.declared = declared;
        this.values = values;
        this.failureLines = failureLines;
    }

    private Listeners listeners() {
        Listeners present = found;
        if (present == null) {
            present = Listeners.of(declared.get());
            found = present;
        }
        return present;
    }

    /** Whether anybody wants to hear of the end of sessions, besides their attributes. */
    boolean hearEnds() {
        return !listeners().sessions().isEmpty() || hearAttributes();
    }

    /** Whether anybody wants to hear of all attributes. */
    boolean hearAttributes() {
        return !listeners().attributes().isEmpty();
    }

    void created(HttpSession session) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        each(listeners().sessions(), listener -> listener.sessionCreated(event));
    }

    /** Before the session's attributes are unbound: listeners may still read them. */
    void destroyed(HttpSession session) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        each(listeners().sessionsReversed(), listener -> listener.sessionDestroyed(event));
    }

    void idChanged(HttpSession session, String oldId) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        each(listeners().ids(), listener -> listener.sessionIdChanged(event, oldId));
    }

    /** Before the value can be got from the session. */
    void bound(HttpSession session, String name, Object value) {
        if (values && value instanceof HttpSessionBindingListener listener) {
            each(List.of(listener), one -> one.valueBound(new HttpSessionBindingEvent(session, name, value)));
        }
    }

    /** After the value cannot be got from the session any more. */
    void unbound(HttpSession session, String name, @Nullable Object value) {
        if (values && value instanceof HttpSessionBindingListener listener) {
            each(List.of(listener), one -> one.valueUnbound(new HttpSessionBindingEvent(session, name, value)));
        }
    }

    /** Before the value is serialized, which for a session of many members is its passivation (Servlet 6.0, 7.7.2). */
    void passivating(HttpSession session, Object value) {
        if (value instanceof HttpSessionActivationListener listener) {
            each(List.of(listener), one -> one.sessionWillPassivate(new HttpSessionEvent(session)));
        }
    }

    /** After the value has been serialized, or come out of serialization. */
    void activated(HttpSession session, Object value) {
        if (value instanceof HttpSessionActivationListener listener) {
            each(List.of(listener), one -> one.sessionDidActivate(new HttpSessionEvent(session)));
        }
    }

    void added(HttpSession session, String name, Object value) {
        HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, value);
        each(listeners().attributes(), listener -> listener.attributeAdded(event));
    }

    /** With the value that was replaced, as the specification says. */
    void replaced(HttpSession session, String name, @Nullable Object old) {
        HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, old);
        each(listeners().attributes(), listener -> listener.attributeReplaced(event));
    }

    void removed(HttpSession session, String name, @Nullable Object old) {
        HttpSessionBindingEvent event = new HttpSessionBindingEvent(session, name, old);
        each(listeners().attributes(), listener -> listener.attributeRemoved(event));
    }

    private <L> void each(List<L> all, Consumer<L> call) {
        for (L listener : all) {
            try {
                call.accept(listener);
            } catch (RuntimeException | LinkageError failure) {
                failed(listener, failure);
            }
        }
    }

    private void failed(Object listener, Throwable failure) {
        failureLines
                .now()
                .ifPresent(leftOut -> log.error(
                        "a session listener failed: {}; {} more since the last such line",
                        listener.getClass().getName(),
                        leftOut,
                        failure));
    }
}
