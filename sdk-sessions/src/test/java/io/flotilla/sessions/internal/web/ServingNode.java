package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;

import io.flotilla.sessions.AttributeMerger;
import io.flotilla.sessions.NonSerializable;
import io.flotilla.sessions.internal.codec.TestCodecs;
import io.flotilla.sessions.internal.graph.Graphs;
import io.flotilla.sessions.internal.live.LiveSessions;
import io.flotilla.sessions.internal.store.SessionRepository;
import io.flotilla.sessions.internal.store.SessionStore;
import io.flotilla.sessions.internal.store.SessionsMetrics;
import io.flotilla.sessions.internal.store.Snapshots;
import io.flotilla.spi.Seldom;
import io.flotilla.spi.codec.CodecSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EventListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A node of a farm as its requests see it, without HTTP: each session that it gives out is that of one request. */
final class ServingNode {
    final SessionScope scope;
    final List<EventListener> listeners = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    ServingNode(SessionStore store, Duration patience, InstantSource clock, LongSupplier ticker) {
        this(store, patience, clock, ticker, NonSerializable.REFUSE, null);
    }

    ServingNode(
            SessionStore store,
            Duration patience,
            InstantSource clock,
            LongSupplier ticker,
            NonSerializable nonSerializable,
            @Nullable AttributeMerger merger) {
        this(store, patience, clock, ticker, nonSerializable, merger, TestCodecs.DEFAULTS);
    }

    ServingNode(
            SessionStore store,
            Duration patience,
            InstantSource clock,
            LongSupplier ticker,
            NonSerializable nonSerializable,
            @Nullable AttributeMerger merger,
            CodecSettings codec) {
        this(store, patience, clock, ticker, nonSerializable, merger, codec, ExclusiveRule.NONE);
    }

    /** A node whose requests are exclusive. */
    static ServingNode exclusive(SessionStore store, Duration patience, InstantSource clock, LongSupplier ticker) {
        return new ServingNode(
                store, patience, clock, ticker, NonSerializable.REFUSE, null, TestCodecs.DEFAULTS, ExclusiveRule.ALL);
    }

    private ServingNode(
            SessionStore store,
            Duration patience,
            InstantSource clock,
            LongSupplier ticker,
            NonSerializable nonSerializable,
            @Nullable AttributeMerger merger,
            CodecSettings codec,
            ExclusiveRule exclusive) {
        SessionsMetrics metrics = new SessionsMetrics(meters);
        SessionRepository repository =
                new SessionRepository(store, new Snapshots(1 << 20, ticker), metrics, patience, ticker);
        scope = new SessionScope(
                application(),
                TestCodecs.of(codec, ServingNode.class.getClassLoader()),
                new Graphs(),
                repository,
                new LiveSessions(ticker, 1 << 20),
                new TurnQueues(exclusive, patience, repository, metrics, ticker),
                new SessionEvents(() -> listeners, new Seldom(Duration.ofMinutes(1), ticker)),
                metrics,
                PrincipalRule.NONE,
                TestSealer.INSTANCE,
                new WritePolicy(
                        nonSerializable, merger, new SizeLimits(2000, 4000), new Seldom(Duration.ofMinutes(1), ticker)),
                clock,
                1800,
                0);
    }

    private static ServletContext application() {
        return (ServletContext) Proxy.newProxyInstance(
                ServingNode.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, args) -> method.getName().equals("getContextPath") ? "/shop" : null);
    }

    ClusterSession fresh() {
        ClusterSession session = ClusterSession.fresh(scope);
        session.tellBegin();
        return session;
    }

    /** A new request's view of a session that there is. */
    ClusterSession open(SessionId id) {
        return requireNonNull(find(id), "no such session");
    }

    /** As a request does it. */
    @Nullable
    ClusterSession find(SessionId id) {
        return SessionFinder.find(scope, id).session();
    }

    double conflicts(String resolution) {
        return meters.get("flotilla.sessions.conflicts")
                .tag("resolution", resolution)
                .counter()
                .count();
    }
}
