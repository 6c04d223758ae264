package io.flotilla.benchmarks.sessions;

import java.time.Duration;
import java.util.Locale;

/**
 * What came of a load.
 *
 * @param requests answered as asked
 * @param failures answered otherwise, or not at all
 * @param time how long it lasted
 * @param median in microseconds
 * @param slow what one request in a hundred exceeds, in microseconds
 * @param driver the processor time of the thread that made the load
 * @param system the processor time of the servers and their store
 */
record Load(int requests, int failures, Duration time, int median, int slow, Duration driver, Duration system) {

    double perSecond() {
        return requests * 1e9 / time.toNanos();
    }

    /** Processor time of the servers for a request, in microseconds. */
    double cost() {
        return requests == 0 ? 0 : system.toNanos() / 1e3 / requests;
    }

    /** How busy the thread that made the load was, in per cent of a processor. */
    double driverShare() {
        return 100.0 * driver.toNanos() / time.toNanos();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.0f/s, p50 %d us, p99 %d us, %.0f us of the servers' processors each; load made with %.0f %% of one; %d failed",
                perSecond(),
                median,
                slow,
                cost(),
                driverShare(),
                failures);
    }
}
