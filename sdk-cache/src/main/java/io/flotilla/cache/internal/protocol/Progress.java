package io.flotilla.cache.internal.protocol;

/** What an owner knows of one reader. Not thread-safe. */
final class Progress {
    private long applied;
    private long stamp;
    private long heardAt;
    private long sent;
    private long sentAt;

    /** A reader that is new to the stream begins at its end. */
    Progress(long last) {
        applied = last;
        sent = last;
    }

    void heard(Report report, long now) {
        applied = Math.max(applied, report.applied());
        stamp = Math.max(stamp, report.stamp());
        heardAt = now;
    }

    void sent(long until, long now) {
        sent = Math.max(sent, until);
        sentAt = now;
    }

    boolean isSilent(long now) {
        return now - heardAt > Times.OUTLASTS_PROOF_NANOS;
    }

    boolean hasApplied(long number) {
        return applied >= number;
    }

    /** The number from which notes are due; one past the last if none are. */
    long due(long last, long now) {
        if (applied < last && sent > applied && now - sentAt >= Times.RESEND_NANOS) {
            return applied + 1;
        }
        return Math.min(sent, last) + 1;
    }

    long stamp() {
        return stamp;
    }
}
