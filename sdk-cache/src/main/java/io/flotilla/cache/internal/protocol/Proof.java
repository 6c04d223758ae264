package io.flotilla.cache.internal.protocol;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * From when a reader has shown that it knew every note of a stream. A bulletin shows that for the moment of its echo, as
 * soon as all notes have been applied that it names. Not thread-safe.
 */
final class Proof {
    private static final int WAITING = 8;

    private record Claim(long echo, long last) {}

    private final Deque<Claim> waiting = new ArrayDeque<>();
    private long from = Long.MIN_VALUE;

    void claim(long echo, long last) {
        if (waiting.size() == WAITING) {
            waiting.removeFirst();
        }
        waiting.addLast(new Claim(echo, last));
    }

    /** All notes up to a number are applied now. */
    void complete(long applied) {
        waiting.stream().filter(each -> each.last() <= applied).forEach(each -> from = Math.max(from, each.echo()));
        waiting.removeIf(each -> each.last() <= applied);
    }

    /** When it runs out. */
    long until() {
        return from == Long.MIN_VALUE ? from : from + Times.PROOF_NANOS;
    }
}
