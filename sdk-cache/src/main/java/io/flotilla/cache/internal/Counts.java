package io.flotilla.cache.internal;

import java.util.concurrent.atomic.LongAdder;

/** What one member counts of one cache. Thread-safe. */
public final class Counts {
    public final LongAdder l1Hits = new LongAdder();
    public final LongAdder l2Hits = new LongAdder();
    public final LongAdder misses = new LongAdder();
    public final LongAdder staleHits = new LongAdder();
    public final LongAdder loads = new LongAdder();
    public final LongAdder loadNanos = new LongAdder();
    public final LongAdder loadFailures = new LongAdder();
    public final LongAdder changes = new LongAdder();
}
