package io.flotilla.benchmarks.sessions;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** What visitors ask for. */
enum Workload {
    /** The session's content. */
    READ {
        @Override
        String path(Visitor visitor, RandomGenerator random) {
            return "/session/read";
        }
    },
    /** To set the session's content. */
    WRITE {
        @Override
        String path(Visitor visitor, RandomGenerator random) {
            return "/session/write";
        }
    },
    /** Four reads to a write. */
    MIXED {
        @Override
        String path(Visitor visitor, RandomGenerator random) {
            return random.nextInt(5) == 0 ? "/session/write" : "/session/read";
        }

        @Override
        public String toString() {
            return "80-20";
        }
    },
    /** A new session with content, and then its end, so that memory lasts. */
    CREATE {
        @Override
        String path(Visitor visitor, RandomGenerator random) {
            return visitor.hasCookie() ? END : NEW;
        }
    },
    /** New sessions only. */
    FILL {
        @Override
        String path(Visitor visitor, RandomGenerator random) {
            visitor.forget();
            return NEW;
        }
    };

    private static final String NEW = "/session/create";
    private static final String END = "/session/end";

    abstract String path(Visitor visitor, RandomGenerator random);

    /** Whether visitors begin without a session. */
    boolean beginsWithout() {
        return this == CREATE || this == FILL;
    }

    static boolean ends(String path) {
        return path.equals(END);
    }

    /** As it is written on the command line and in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
