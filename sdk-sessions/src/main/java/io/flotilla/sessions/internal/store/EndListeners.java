package io.flotilla.sessions.internal.store;

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

    @Nullable
    EndListener of(String application) {
        return byApplication.get(application);
    }
}
