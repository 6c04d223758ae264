package io.flotilla.sessions.internal.store;

import io.flotilla.sessions.internal.wire.Audience;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The web applications on this member that want to hear of their sessions' ends, by context path. Thread-safe. */
public final class EndListeners {
    private final ConcurrentHashMap<String, EndListener> byApplication = new ConcurrentHashMap<>();

    /** Tells this listener of the application's sessions from now on, and its predecessor no more. */
    public void register(String application, EndListener listener) {
        byApplication.put(application, listener);
    }

    /** Tells the listener no more; does nothing if it has been replaced. */
    public void unregister(String application, EndListener listener) {
        byApplication.remove(application, listener);
    }

    /** The applications on this member. */
    public Set<String> applications() {
        return Set.copyOf(byApplication.keySet());
    }

    /** Who wants to hear what just now. */
    Audience audience() {
        Set<String> known = new HashSet<>();
        Set<String> ofAll = new HashSet<>();
        Set<String> ofBound = new HashSet<>();
        byApplication.forEach((application, listener) -> {
            known.add(application);
            if (listener.wants(false)) {
                ofAll.add(application);
            }
            if (listener.wants(true)) {
                ofBound.add(application);
            }
        });
        return new Audience(known, ofAll, ofBound);
    }

    @Nullable
    EndListener of(String application) {
        return byApplication.get(application);
    }
}
