package io.flotilla.sessions.internal;

import com.hazelcast.aggregation.Aggregators;
import com.hazelcast.map.IMap;
import io.flotilla.sessions.SessionInfo;
import io.flotilla.sessions.Sessions;
import io.flotilla.sessions.internal.codec.Quarantine;
import io.flotilla.sessions.internal.store.Aftermath;
import io.flotilla.sessions.internal.store.ClusteredStore;
import io.flotilla.sessions.internal.store.EndListeners;
import io.flotilla.sessions.internal.store.Enders;
import io.flotilla.sessions.internal.store.Housekeeping;
import io.flotilla.sessions.internal.store.PrincipalIndex;
import io.flotilla.sessions.internal.store.Principals;
import io.flotilla.sessions.internal.store.SessionRepository;
import io.flotilla.sessions.internal.store.SessionsMetrics;
import io.flotilla.sessions.internal.store.Snapshots;
import io.flotilla.sessions.internal.store.Sweeper;
import io.flotilla.sessions.internal.web.SessionFilter;
import io.flotilla.sessions.internal.web.SessionServices;
import io.flotilla.sessions.internal.wire.Alive;
import io.flotilla.sessions.internal.wire.Histories;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.sessions.internal.wire.Sweep;
import io.flotilla.sessions.internal.wire.Turn;
import io.flotilla.spi.Calls;
import io.flotilla.spi.Deadline;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;
import io.flotilla.spi.Seldom;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** The sessions module of a running cluster. */
final class RunningSessions implements Sessions, RunningModule<Sessions> {
    private static final String FILTER = "flotilla-sessions";
    private static final Duration LIMIT_LINES = Duration.ofMinutes(1);
    private static final Duration UNREADABLE_LINES = Duration.ofMinutes(1);

    private final IMap<String, SessionRecord> records;
    private final Calls calls;
    private final Alive alive;
    private final SessionRepository repository;
    private final Enders enders;
    private final PrincipalLookup lookup;
    private final SessionServices services;

    RunningSessions(SessionsConfig config, ModuleContext context) {
        Histories.begin(context.hazelcast());
        records = context.hazelcast().getMap(SessionsModule.RECORDS);
        calls = context.calls();
        alive = new Alive(context.hazelcast());
        SessionsMetrics metrics = new SessionsMetrics(context.meters());
        metrics.bindActive(records);
        EndListeners endListeners = new EndListeners();
        PrincipalIndex index =
                new PrincipalIndex(context.hazelcast().getMap(SessionsModule.PRINCIPALS), context.calls());
        Aftermath aftermath = new Aftermath(metrics, index);
        enders = new Enders(records, context.calls(), endListeners, context.newPool("ends", Enders.THREADS), aftermath);
        Principals principals = new Principals(
                index,
                records,
                context.calls(),
                enders,
                config.mostPerPrincipal(),
                new Seldom(LIMIT_LINES, context.ticker()));
        lookup = new PrincipalLookup(config.principal().isThere(), endListeners, principals);
        repository = new SessionRepository(
                new ClusteredStore(
                        records,
                        context.calls(),
                        aftermath,
                        () -> context.hazelcast().getCluster().getLocalMember().getUuid()),
                principals,
                new Snapshots(config.localBytes(), context.ticker()),
                metrics,
                context.calls().timeout(),
                context.ticker());
        Housekeeping housekeeping = new Housekeeping();
        housekeeping.add(repository::cleanUp);
        services = new SessionServices(
                config,
                repository,
                endListeners,
                housekeeping,
                context.requests(),
                metrics,
                new Quarantine(
                        config.onUnreadable(), metrics::unreadable, new Seldom(UNREADABLE_LINES, context.ticker())),
                context.sealer("sessions.ids"),
                context.clock(),
                context.ticker());
        ExecutorService sweep = context.newPool("sweep", 1);
        context.repeat(
                sweep,
                config.sweepInterval().dividedBy(Sweeper.TURNS),
                "sweeping expired sessions",
                new Sweeper(context.hazelcast(), records, context.calls(), endListeners, enders, aftermath));
        context.repeat(sweep, config.sweepInterval(), "letting go of unused copies", housekeeping);
        context.repeat(
                context.newPool("leases", 1),
                Sweep.LEASE.dividedBy(3),
                "renewing the leases of sessions' ends",
                enders);
        if (config.exclusive().isThere()) {
            context.repeat(
                    context.newPool("turns", 1),
                    Turn.LEASE.dividedBy(3),
                    "renewing the turns of exclusive requests",
                    repository.turns());
        }
    }

    @Override
    public void register(ServletContext web) {
        SessionFilter filter = new SessionFilter(services);
        FilterRegistration.Dynamic registration = web.addFilter(FILTER, filter);
        if (registration == null) {
            throw new IllegalStateException(
                    "sessions are registered twice for the web application at '" + web.getContextPath() + "'");
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    @Override
    public long count() {
        return calls.aggregate(records, alive, Aggregators.count());
    }

    @Override
    public List<SessionInfo> find(String principal) {
        return lookup.find(principal);
    }

    @Override
    public int end(String principal) {
        return lookup.end(principal);
    }

    @Override
    public boolean end(String principal, String handle) {
        return lookup.end(principal, handle);
    }

    @Override
    public Sessions api() {
        return this;
    }

    @Override
    public void drain(Deadline deadline) {
        repository.leave();
        enders.stop(deadline);
    }

    @Override
    public void close() {
        repository.leave();
    }
}
