package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.codec.AttributeCodec;
import io.flotilla.sessions.internal.graph.Graphs;
import io.flotilla.sessions.internal.live.LiveSessions;
import io.flotilla.sessions.internal.store.SessionRepository;
import io.flotilla.sessions.internal.store.SessionsMetrics;
import io.flotilla.spi.Sealer;
import jakarta.servlet.ServletContext;
import java.time.InstantSource;

/**
 * What all sessions of one web application have in common.
 *
 * @param context the application
 * @param codec its values' way to bytes
 * @param graphs what is known of its classes to see changes inside objects
 * @param repository the owners of its sessions
 * @param lives its sessions that are in use here
 * @param turns its exclusive requests
 * @param events its listeners
 * @param metrics what is counted
 * @param principal whose a session is
 * @param sealer encrypts the secrets of ids
 * @param writing what may be stored, and how
 * @param clock the member's clock
 * @param defaultTimeoutSeconds of new sessions; zero or less for never
 * @param lifetimeSeconds after how long sessions end however much they are used; zero for never
 */
record SessionScope(
        ServletContext context,
        AttributeCodec codec,
        Graphs graphs,
        SessionRepository repository,
        LiveSessions lives,
        TurnQueues turns,
        SessionEvents events,
        SessionsMetrics metrics,
        PrincipalRule principal,
        Sealer sealer,
        WritePolicy writing,
        InstantSource clock,
        int defaultTimeoutSeconds,
        int lifetimeSeconds) {

    /** The application's name among those of one server; part of each secret's hash. */
    String application() {
        return context.getContextPath();
    }
}
