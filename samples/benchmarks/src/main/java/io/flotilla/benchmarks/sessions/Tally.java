package io.flotilla.benchmarks.sessions;

import io.flotilla.benchmarks.sessions.Browser.Reply;
import java.util.Collection;
import java.util.List;

/**
 * What came of requests that overlapped.
 *
 * @param acknowledged writes whose response said that they were done
 * @param lost those of them that nobody found afterwards
 * @param errors requests that were answered 500
 * @param unavailable requests that were answered 503
 * @param resurrected sessions that were there after their end had been acknowledged
 */
record Tally(int acknowledged, int lost, int errors, int unavailable, int resurrected) {
    static final Tally ZERO = new Tally(0, 0, 0, 0, 0);

    static Tally acknowledged(int writes, int lost) {
        return new Tally(writes, lost, 0, 0, 0);
    }

    static Tally resurrected(boolean alive) {
        return new Tally(0, 0, 0, 0, alive ? 1 : 0);
    }

    /** How the requests themselves were answered. */
    static Tally of(Collection<Reply> replies) {
        return new Tally(0, 0, count(replies, 500), count(replies, 503), 0);
    }

    static Tally of(Reply... replies) {
        return of(List.of(replies));
    }

    private static int count(Collection<Reply> replies, int status) {
        return (int) replies.stream().filter(each -> each.status() == status).count();
    }

    Tally plus(Tally other) {
        return new Tally(
                acknowledged + other.acknowledged,
                lost + other.lost,
                errors + other.errors,
                unavailable + other.unavailable,
                resurrected + other.resurrected);
    }
}
