package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.SessionsConfig;
import io.flotilla.sessions.internal.codec.Quarantine;
import io.flotilla.sessions.internal.store.EndListeners;
import io.flotilla.sessions.internal.store.Housekeeping;
import io.flotilla.sessions.internal.store.SessionRepository;
import io.flotilla.sessions.internal.store.SessionsMetrics;
import io.flotilla.spi.Requests;
import io.flotilla.spi.Sealer;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What the running module gives to the filter of each web application.
 *
 * @param config the settings
 * @param repository the owners of sessions
 * @param ends who is told of sessions that end without a request
 * @param housekeeping what is done in the background to let go of what is kept
 * @param requests the member's count of requests in flight
 * @param metrics what is counted
 * @param quarantine what becomes of attributes that cannot be read
 * @param sealer encrypts the secrets of ids
 * @param clock the member's clock
 * @param ticker nanoseconds since an arbitrary origin
 */
public record SessionServices(
        SessionsConfig config,
        SessionRepository repository,
        EndListeners ends,
        Housekeeping housekeeping,
        Requests requests,
        SessionsMetrics metrics,
        Quarantine quarantine,
        Sealer sealer,
        InstantSource clock,
        LongSupplier ticker) {}
