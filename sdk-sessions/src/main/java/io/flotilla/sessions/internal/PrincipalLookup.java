package io.flotilla.sessions.internal;

import static java.util.Objects.requireNonNull;

import io.flotilla.sessions.SessionInfo;
import io.flotilla.sessions.internal.store.EndListeners;
import io.flotilla.sessions.internal.store.Principals;
import io.flotilla.sessions.internal.wire.Principal;
import java.util.ArrayList;
import java.util.List;

/**
 * Principals by the name that the application knows them by, in all applications of this member.
 *
 * @param isSet whether sessions have principals at all
 * @param applications the applications
 * @param principals their sessions
 */
record PrincipalLookup(boolean isSet, EndListeners applications, Principals principals) {

    List<SessionInfo> find(String name) {
        List<SessionInfo> all = new ArrayList<>();
        for (String application : applications(name)) {
            for (Principals.Found each : principals.find(Principal.of(application, name))) {
                all.add(FoundSession.of(application, each));
            }
        }
        return List.copyOf(all);
    }

    int end(String name) {
        int ended = 0;
        for (String application : applications(name)) {
            String principal = Principal.of(application, name);
            for (Principals.Found each : principals.find(principal)) {
                ended += principals.end(principal, each.key()) ? 1 : 0;
            }
        }
        return ended;
    }

    boolean end(String name, String handle) {
        requireNonNull(handle, "handle");
        for (String application : applications(name)) {
            String principal = Principal.of(application, name);
            for (Principals.Found each : principals.find(principal)) {
                if (FoundSession.handleOf(each.key()).equals(handle)) {
                    return principals.end(principal, each.key());
                }
            }
        }
        return false;
    }

    private List<String> applications(String name) {
        requireNonNull(name, "principal");
        if (!isSet) {
            throw new IllegalStateException(
                    "sessions have no principals: set sessions.principal to the attribute that says whose a session is");
        }
        return applications.applications().stream().sorted().toList();
    }
}
