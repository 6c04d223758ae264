package io.flotilla.cache.internal.protocol;

import java.time.Duration;

/** The periods of the protocol; the same on all members. */
public final class Times {
    /** How long a proof lasts: the bound of staleness. */
    public static final Duration PROOF = Duration.ofSeconds(3);
    /** How often a reader reports, if nothing else makes it. */
    public static final Duration REPORT = Duration.ofMillis(500);
    /** After what time notes that were not acknowledged are sent again. */
    public static final Duration RESEND = Duration.ofMillis(100);

    static final long PROOF_NANOS = PROOF.toNanos();
    static final long RESEND_NANOS = RESEND.toNanos();
    /** After this no reader has a proof any more, whose clock may be slower by a hundredth. */
    public static final long OUTLASTS_PROOF_NANOS = PROOF_NANOS + PROOF_NANOS / 100;

    private Times() {}
}
