package io.flotilla.health.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who asks whether this node is ready, at what pace, and how often in a row each was told that it is not. A balancer does
 * not say that it has taken a node out; that it was told often enough is the next best thing to know.
 */
final class Probers {
    private static final int MOST = 64;
    private static final int TEXT_LENGTH = 100;
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final LongSupplier ticker;
    private final Map<Prober, History> histories = new LinkedHashMap<>(16, 0.75f, true); // guarded by this

    /** One balancer, as far as a request tells. Two on one host are told apart by their parameter {@code lb} only. */
    record Prober(String address, String userAgent, String lb) {
        Prober {
            userAgent = shorten(userAgent);
            lb = shorten(lb);
        }

        private static String shorten(String text) {
            return text.length() <= TEXT_LENGTH ? text : text.substring(0, TEXT_LENGTH);
        }
    }

    /**
     * @param times how often it asked
     * @param last when it asked last
     * @param gap the longest of its last two intervals: balancers ask faster while a node changes
     * @param lastGap its last interval
     * @param refused how often in a row it was told that the node is not ready
     */
    private record History(long times, long last, long gap, long lastGap, int refused) {
        History again(long now, boolean ready) {
            return new History(
                    times + 1,
                    now,
                    Math.max(lastGap, now - last),
                    now - last,
                    ready ? 0 : Math.min(refused + 1, 1_000));
        }
    }

    /** How many probers there are, and how many of them have been told too rarely. */
    record Count(int known, int unaware) {}

    Probers(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Somebody was answered. */
    synchronized void answered(Prober prober, boolean ready) {
        long now = ticker.getAsLong();
        History before = histories.get(prober);
        histories.put(prober, before == null ? new History(1, now, 0, 0, ready ? 0 : 1) : before.again(now, ready));
        if (histories.size() > MOST) {
            histories.remove(histories.keySet().iterator().next()); // the one that has not asked for longest
        }
    }

    /** Counts those that ask regularly and still do. */
    synchronized Count count(int enough) {
        long now = ticker.getAsLong();
        int known = 0;
        int unaware = 0;
        for (History each : histories.values()) {
            if (isKnown(each, now)) {
                known++;
                unaware += each.refused < enough ? 1 : 0;
            }
        }
        return new Count(known, unaware);
    }

    /** A single request may be anybody's; and one who missed three turns does not ask any more. */
    private static boolean isKnown(History prober, long now) {
        return prober.times >= 2 && now - prober.last <= 3 * prober.gap + SLACK.toNanos();
    }
}
