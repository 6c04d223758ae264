package io.flotilla.sessions.internal.store;

import io.flotilla.ClusterException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turns of the exclusive requests that run on this member: their owners are told again and again that they last, and
 * once that they are over, again if that may not have reached them. Nobody waits for either. Thread-safe.
 */
public final class Turns implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Turns.class);
    /** As often is a turn given back that is over; by then it has run out, and a longer outage need not be remembered. */
    private static final int ROUNDS = 4;

    private final SessionStore store;
    private final ConcurrentHashMap<Long, Held> held = new ConcurrentHashMap<>(); // by token

    /**
     * A request's turn with a session.
     *
     * @param number zero when it is over
     * @param rounds how often it may still be given back when it is over
     */
    private record Held(String key, long number, int rounds) {
        boolean isOver() {
            return number == 0;
        }

        Held oneRoundLater() {
            return new Held(key, number, rounds - 1);
        }
    }

    Turns(SessionStore store) {
        this.store = store;
    }

    void begin(String key, long token, long number) {
        held.put(token, new Held(key, number, 0));
    }

    void end(String key, long token) {
        held.put(token, new Held(key, 0, ROUNDS));
        giveBack(key, token);
    }

    /** One turn of the renewal. */
    @Override
    public void run() {
        held.forEach((token, each) -> {
            if (each.isOver()) {
                giveBackAgain(each, token);
            } else {
                keep(each, token);
            }
        });
    }

    private void keep(Held turn, long token) {
        try {
            var unused = store.keepTurn(turn.key(), token, turn.number()).thenAccept(still -> {
                if (!still) {
                    held.remove(token, turn); // its request learns that when it stores something
                }
            });
        } catch (ClusterException unavailable) {
            log.debug("a turn is not renewed until the next time", unavailable);
        }
    }

    private void giveBackAgain(Held turn, long token) {
        if (turn.rounds() == 0) {
            held.remove(token, turn);
        } else if (held.replace(token, turn, turn.oneRoundLater())) {
            giveBack(turn.key(), token);
        }
    }

    private void giveBack(String key, long token) {
        try {
            var unused = store.giveTurnBack(key, token).thenAccept(known -> held.remove(token));
        } catch (ClusterException unavailable) {
            log.debug("a turn is not given back until the next time", unavailable);
        }
    }

    /** How many there are, with those that are still to be given back. */
    int size() {
        return held.size();
    }
}
