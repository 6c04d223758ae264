package io.flotilla.storage.internal.mirror;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * When a node looks through its copies: when others have come or gone, again when one has been away for long, sooner after
 * a run that could not do all, and now and then in any case. Used by one thread; {@link #isClean} by any.
 */
final class RepairSchedule {
    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final Copies copies;
    private final Repair repair;
    private final long replaceNanos;
    private final long everyNanos;
    private final LongSupplier ticker;

    private Set<String> present = Set.of();
    private long changedAt;
    private long ranAt;
    private boolean replaced;
    private volatile boolean clean;

    RepairSchedule(Copies copies, Duration replaceAfter, Duration every, LongSupplier ticker) {
        this.copies = copies;
        this.repair = new Repair(copies);
        this.replaceNanos = replaceAfter.toNanos();
        this.everyNanos = every.toNanos();
        this.ticker = ticker;
    }

    /** Whether the last run has found all copies in place. */
    boolean isClean() {
        return clean;
    }

    void runIfDue() throws IOException {
        long now = ticker.getAsLong();
        Set<String> there = Set.copyOf(copies.present().keySet());
        boolean changed = !there.equals(present);
        if (changed) {
            present = there;
            changedAt = now;
        }
        boolean replace = !copies.isWhole() && now - changedAt >= replaceNanos;
        boolean again = now - ranAt >= (clean ? everyNanos : Math.min(everyNanos, AGAIN_NANOS));
        if (changed || replace != replaced || again) {
            replaced = replace;
            clean = false;
            clean = repair.run(replace);
            ranAt = ticker.getAsLong();
        }
    }
}
