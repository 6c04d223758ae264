package io.flotilla.sessions.internal.live;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The live sessions of one key that requests use. Requests that have a turn share one, all others another one: objects that
 * both had would be stored by either, and so past the refusal that meets a request that has lost its turn.
 *
 * @param others of requests that have no turn; null if there are none
 * @param inTurn of requests that have one, or want it; null if there are none
 * @param locals the values of this node that both began with; empty as long as one of them is null
 */
record InUse(@Nullable LiveSession others, @Nullable LiveSession inTurn, Map<String, Object> locals) {
    static final InUse NOBODY = new InUse(null, null, Map.of());

    @Nullable
    LiveSession by(boolean turn) {
        return turn ? inTurn : others;
    }

    InUse with(boolean turn, LiveSession session) {
        LiveSession other = by(!turn);
        Map<String, Object> both = other == null || by(turn) != null ? locals : other.locals();
        return turn ? new InUse(others, session, both) : new InUse(session, inTurn, both);
    }

    boolean has(LiveSession session) {
        return session.equals(others) || session.equals(inTurn);
    }

    /** The one that stays when that one is left; null if there is none. */
    @Nullable
    LiveSession besides(LiveSession left) {
        return left.equals(others) ? inTurn : others;
    }

    InUse without(LiveSession left) {
        return left.equals(others) ? new InUse(null, inTurn, Map.of()) : new InUse(others, null, Map.of());
    }
}
