package io.flotilla.internal;

import com.hazelcast.internal.util.Clock;
import com.hazelcast.internal.util.ClockProperties;
import com.hazelcast.logging.Logger;

/**
 * The two things that Hazelcast reads from system properties once, when it is first used: its clock and its static
 * loggers. The properties are set for that moment only, since the JVM may hold other applications with a Hazelcast of
 * their own and without these classes. What the operator has set stays.
 */
public final class HazelcastStatics {
    private static final String LOGGING_TYPE = "hazelcast.logging.type";

    /** One for the JVM, as the properties are: a constant string is the same object for all class loaders. */
    private static final String LOCK = "io.flotilla.internal.HazelcastStatics";

    private HazelcastStatics() {}

    public static void initialize() {
        synchronized (LOCK) {
            boolean clockIsSet = System.getProperty(ClockProperties.HAZELCAST_CLOCK_OFFSET) != null;
            if (!clockIsSet) {
                with(
                        ClockProperties.HAZELCAST_CLOCK_IMPL,
                        SteadyHazelcastClock.class.getName(),
                        Clock::currentTimeMillis);
            }
            with(LOGGING_TYPE, "slf4j", () -> Logger.getLogger("com.hazelcast"));
        }
    }

    private static void with(String property, String value, Runnable firstUse) {
        if (System.getProperty(property) != null) {
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        System.setProperty(property, value);
        thread.setContextClassLoader(HazelcastStatics.class.getClassLoader()); // Hazelcast asks it for the class
        try {
            firstUse.run();
        } finally {
            thread.setContextClassLoader(before);
            System.clearProperty(property);
        }
    }
}
