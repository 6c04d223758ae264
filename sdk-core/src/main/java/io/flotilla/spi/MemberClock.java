package io.flotilla.spi;

import static java.util.Objects.requireNonNull;

import com.hazelcast.config.Config;
import java.time.InstantSource;

/**
 * The member's wall clock where a {@link ModuleContext} does not reach: in entry processors, which may run on a member
 * before its modules have started. Core puts it into the configuration before any module sees that.
 *
 * @since 0.1
 */
public final class MemberClock {
    private static final String KEY = "flotilla.clock";

    private final InstantSource source;

    private MemberClock(InstantSource source) {
        this.source = source;
    }

    /**
     * Puts the clock into a configuration; called by core.
     *
     * @param member the configuration under construction
     * @param source the clock
     */
    public static void install(Config member, InstantSource source) {
        member.getUserContext().put(KEY, new MemberClock(source));
    }

    /**
     * Returns the clock of a configuration.
     *
     * @param member the configuration that core handed to a module
     * @return its clock
     */
    public static MemberClock of(Config member) {
        return (MemberClock) requireNonNull(member.getUserContext().get(KEY), KEY);
    }

    /**
     * Returns the time.
     *
     * @return milliseconds since the epoch; never goes back while the JVM lives
     */
    public long millis() {
        return source.millis();
    }
}
