package io.flotilla.sessions.internal.wire;

/**
 * One string for each name of an attribute or an application, of which there are few, each in very many sessions. Remembers
 * {@value #MOST} of them, the later one where two meet in a place: a name that an application makes up takes no room for
 * long. Thread-safe, since a string may be handed over without any care.
 */
final class Names {
    private static final int MOST = 1024; // a power of two

    private static final String[] KNOWN = new String[MOST];

    private Names() {}

    /** That name, as most others have it. */
    static String shared(String name) {
        int hash = name.hashCode();
        int place = (hash ^ (hash >>> 16)) & (MOST - 1);
        String known = KNOWN[place];
        if (name.equals(known)) {
            return known;
        }
        KNOWN[place] = name;
        return name;
    }
}
