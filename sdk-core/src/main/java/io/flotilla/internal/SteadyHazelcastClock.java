package io.flotilla.internal;

import com.hazelcast.internal.util.Clock;

/**
 * Hazelcast's own clock, without jumps. With the default one a wall clock set forward by a few seconds makes a member drop
 * all heartbeats and evict everybody.
 */
public final class SteadyHazelcastClock extends Clock.ClockImpl {

    @Override
    protected long currentTimeMillis() {
        return SystemTime.CLOCK.millis();
    }
}
