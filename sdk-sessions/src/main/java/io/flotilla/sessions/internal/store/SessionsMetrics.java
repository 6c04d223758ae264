package io.flotilla.sessions.internal.store;

import static java.util.Objects.requireNonNull;

import com.hazelcast.map.IMap;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.codec.UnreadableReason;
import io.flotilla.sessions.internal.wire.EndCause;
import io.flotilla.sessions.internal.wire.EndReply;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The meters of this module: the only class with their names. */
public final class SessionsMetrics {
    static final String OPERATIONS = "flotilla.sessions.operations";
    static final String SIZE = "flotilla.sessions.size";
    static final String CONFLICTS = "flotilla.sessions.conflicts";
    static final String ACTIVE = "flotilla.sessions.active";
    static final String ENDED = "flotilla.sessions.ended";
    static final String UNHEARD = "flotilla.sessions.unheard";
    static final String FORGOTTEN = "flotilla.sessions.forgotten";
    static final String UNREADABLE = "flotilla.sessions.unreadable";
    static final String TURNS = "flotilla.sessions.turns";

    private final MeterRegistry meters;
    private final DistributionSummary size;
    private final Counter overwritten;
    private final Counter dropped;
    private final Counter merged;
    private final Counter expired;
    private final Counter ended;
    private final Counter invalidated;
    private final Counter unheard;
    private final Counter forgotten;
    private final Timer granted;
    private final Timer refused;
    private final ConcurrentHashMap<Operation, Timer> timers = new ConcurrentHashMap<>();
    private final Map<UnreadableReason, Counter> unreadable = new EnumMap<>(UnreadableReason.class);

    public SessionsMetrics(MeterRegistry meters) {
        this.meters = meters;
        size = DistributionSummary.builder(SIZE)
                .description("Sizes of the sessions that were stored")
                .baseUnit("bytes")
                .register(meters);
        overwritten = conflicts("overwritten");
        dropped = conflicts("dropped");
        merged = conflicts("merged");
        expired = ended("expired");
        ended = ended("ended");
        invalidated = ended("invalidated");
        unheard = Counter.builder(UNHEARD)
                .description("Sessions that ended while their application was not on their owner")
                .register(meters);
        forgotten = Counter.builder(FORGOTTEN)
                .description("Tombstones of ended sessions removed by this member")
                .register(meters);
        granted = turns("granted");
        refused = turns("timeout");
        for (UnreadableReason each : UnreadableReason.values()) {
            unreadable.put(each, unreadable(meters, each));
        }
    }

    private Timer turns(String outcome) {
        return Timer.builder(TURNS)
                .description("How long exclusive requests waited for their turn")
                .tag("outcome", outcome)
                .register(meters);
    }

    private Counter ended(String cause) {
        return Counter.builder(ENDED)
                .description("Sessions ended by this member")
                .tag("cause", cause)
                .register(meters);
    }

    private static Counter unreadable(MeterRegistry meters, UnreadableReason reason) {
        return Counter.builder(UNREADABLE)
                .description("Attributes asked for that this member cannot read")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    private Counter conflicts(String resolution) {
        return Counter.builder(CONFLICTS)
                .description("Attributes written by two requests at the same moment")
                .tag("resolution", resolution)
                .register(meters);
    }

    /** The number of sessions, ended ones that are still remembered too, that this member owns. */
    public void bindActive(IMap<String, SessionRecord> records) {
        Gauge.builder(ACTIVE, records, map -> map.getLocalMapStats().getOwnedEntryCount())
                .description("Sessions owned by this member")
                .register(meters);
    }

    /** Times a call to an owner, tagged with what came of it. */
    <R> R timed(String op, Function<R, Enum<?>> outcome, Supplier<R> call) {
        Timer.Sample sample = Timer.start(meters);
        Enum<?> result = Failure.ERROR;
        try {
            R reply = call.get();
            result = outcome.apply(reply);
            return reply;
        } catch (ClusterUnavailableException unavailable) {
            result = Failure.UNAVAILABLE;
            throw unavailable;
        } finally {
            sample.stop(timer(new Operation(op, result)));
        }
    }

    /** A call that brought no answer. */
    private enum Failure {
        ERROR,
        UNAVAILABLE
    }

    /** A call to an owner, and what came of it. */
    private record Operation(String op, Enum<?> outcome) {}

    /** Kept here, since the registry takes longer to find a meter by its tags than it takes to count. */
    private Timer timer(Operation operation) {
        Timer known = timers.get(operation);
        return known != null ? known : timers.computeIfAbsent(operation, this::newTimer);
    }

    private Timer newTimer(Operation operation) {
        return Timer.builder(OPERATIONS)
                .description("Calls to the owners of sessions")
                .tag("op", operation.op())
                .tag("outcome", operation.outcome().name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    /** A session was stored, with so many bytes of attributes. */
    public void stored(long bytes) {
        size.record((double) bytes);
    }

    public void overwritten() {
        overwritten.increment();
    }

    public void merged() {
        merged.increment();
    }

    public void dropped() {
        dropped.increment();
    }

    /** Counts what the end of a session, or the clearing up after one, has come to. */
    void ended(EndReply reply) {
        switch (reply.status()) {
            case FORGOTTEN -> forgotten.increment();
            case ENDED, UNHEARD -> ended(reply.status() == EndReply.Status.UNHEARD, reply.cause());
            case NOTHING, TO_TELL, CLAIMED -> {}
        }
    }

    private void ended(boolean isUnheard, @Nullable EndCause cause) {
        if (isUnheard) {
            unheard.increment();
        }
        (cause == EndCause.ENDED ? ended : expired).increment();
    }

    /** A session was ended by its own request. */
    void invalidated() {
        invalidated.increment();
    }

    /** An exclusive request has got its turn, or has not, after so long. */
    public void turn(boolean got, long nanos) {
        (got ? granted : refused).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** An attribute could not be read. */
    public void unreadable(UnreadableReason reason) {
        requireNonNull(unreadable.get(reason)).increment();
    }
}
