package io.flotilla.storage.internal;

import io.flotilla.storage.StorageException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The meters of the storage module: the only class with their names. */
final class StorageMetrics {
    static final String OPERATIONS = "flotilla.storage.operations";

    private final MeterRegistry meters;

    StorageMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Work that may fail in a way of its own. */
    interface Operation<T, X extends Exception> {
        T run() throws X;
    }

    <T, X extends Exception> T measured(String operation, Operation<T, X> work) throws X {
        Timer.Sample sample = Timer.start(meters);
        String outcome = "failed";
        try {
            T result = work.run();
            outcome = "done";
            return result;
        } catch (StorageException refused) {
            outcome = outcome(refused);
            throw refused;
        } finally {
            sample.stop(meters.timer(OPERATIONS, "op", operation, "outcome", outcome));
        }
    }

    /** What the caller can mend is no failure of the storage's. */
    private static String outcome(StorageException refused) {
        return switch (refused.reason()) {
            case CONDITION_FAILED, NOT_FOUND, TOO_LARGE, QUOTA_EXCEEDED -> "refused";
            case NO_SPACE, UNAVAILABLE, UNCERTAIN, LOST -> "failed";
        };
    }
}
