package io.flotilla.health.internal.checks;

import java.util.Set;

/**
 * A choice of checks that somebody's readiness depends on.
 *
 * @param only whether it is those that are named, rather than all others
 * @param names names of checks
 */
public record Group(boolean only, Set<String> names) {
    /** Every check. */
    public static final Group ALL = new Group(false, Set.of());

    public Group {
        names = Set.copyOf(names);
    }

    public boolean has(String check) {
        return names.contains(check) == only;
    }

    /** The checks that must be there: a name that no check has must not make the group look well. */
    public Set<String> required() {
        return only ? names : Set.of();
    }
}
