package io.flotilla.internal;

import com.hazelcast.internal.util.Clock;
import com.hazelcast.internal.util.ClockProperties;

/**
 * Hazelcast's own clock, for the whole JVM, without jumps. With the default one a wall clock set forward by a few seconds
 * makes a member drop all heartbeats and evict everybody.
 */
public final class SteadyHazelcastClock extends Clock.ClockImpl {

    /** Takes effect only before the first use of Hazelcast in this JVM. */
    static void install() {
        if (System.getProperty(ClockProperties.HAZELCAST_CLOCK_IMPL) == null
                && System.getProperty(ClockProperties.HAZELCAST_CLOCK_OFFSET) == null) {
            System.setProperty(ClockProperties.HAZELCAST_CLOCK_IMPL, SteadyHazelcastClock.class.getName());
        }
    }

    @Override
    protected long currentTimeMillis() {
        return SystemTime.CLOCK.millis();
    }
}
