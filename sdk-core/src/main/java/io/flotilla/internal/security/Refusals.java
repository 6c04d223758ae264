package io.flotilla.internal.security;

import io.flotilla.spi.Seldom;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The account of connections that came to nothing: all are counted; the log gets one line at once and then at most one a
 * minute, since strangers can cause as many as they like.
 */
final class Refusals {
    private static final Logger log = LoggerFactory.getLogger(MemberSecurity.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 100;

    private final String cluster;
    private final Seldom lines;
    private final Map<Refusal, LongAdder> counts = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Refusal> outbound = new ConcurrentHashMap<>();

    Refusals(String cluster, LongSupplier ticker) {
        this.cluster = cluster;
        this.lines = new Seldom(PAUSE, ticker);
    }

    void bind(MeterRegistry meters, String name) {
        for (Refusal each : Refusal.values()) {
            FunctionCounter.builder(name, counter(each), LongAdder::sum)
                    .tag("reason", each.tag())
                    .description("Connections between members that came to nothing")
                    .register(meters);
        }
    }

    /** Why the last attempt to reach each address failed, for the message of a start that failed. */
    Map<String, String> outbound() {
        Map<String, String> sentences = new TreeMap<>();
        outbound.forEach((address, why) -> sentences.put(address, why.sentence()));
        return sentences;
    }

    void record(MutualProof.Role role, String address, Refusal why) {
        counter(why).increment();
        boolean connector = role == MutualProof.Role.CONNECTOR;
        if (connector && (outbound.containsKey(address) || outbound.size() < MOST_ADDRESSES)) {
            outbound.merge(address, why, Refusals::moreTelling);
        }
        if (why.worthALine()) {
            line(connector ? "no connection to" : "refused a connection from", address, why);
        }
    }

    /** That it just closed the connection, as whoever is crowded does, says less than what it answered before. */
    private static Refusal moreTelling(Refusal before, Refusal now) {
        return now == Refusal.CLOSED ? before : now;
    }

    void succeeded(String address) {
        outbound.remove(address);
    }

    long count(Refusal why) {
        return counter(why).sum();
    }

    private LongAdder counter(Refusal why) {
        return counts.computeIfAbsent(why, unused -> new LongAdder());
    }

    private void line(String what, String address, Refusal why) {
        lines.now()
                .ifPresent(leftOut -> log.warn(
                        "cluster '{}': {} {}: {}; {} more since the last such line",
                        cluster,
                        what,
                        address,
                        why.sentence(),
                        leftOut));
    }
}
