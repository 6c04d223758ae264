package io.flotilla.sessions.internal.store;

import com.hazelcast.aggregation.Aggregator;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.sessions.Sessions;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.spi.Calls;
import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** The sessions module's inside on one member, for tests below the web layer: the records, and calls that are counted. */
public final class ModuleProbe implements RunningModule<ModuleProbe> {
    private final ModuleContext context;
    private final AtomicInteger calls = new AtomicInteger();

    private ModuleProbe(ModuleContext context) {
        this.context = context;
    }

    /** Installs the sessions module, which sweeps only when a test says so, and the probe. */
    public static void install(ClusterBuilder member) {
        member.install(Sessions.module(sessions -> sessions.sweepInterval(Duration.ofHours(1))));
        member.install(new ClusterModule<ModuleProbe>() {
            @Override
            public Class<ModuleProbe> api() {
                return ModuleProbe.class;
            }

            @Override
            public RunningModule<ModuleProbe> start(ModuleContext context) {
                return new ModuleProbe(context);
            }
        });
    }

    public static ModuleProbe of(Cluster member) {
        return member.get(ModuleProbe.class);
    }

    public ModuleContext context() {
        return context;
    }

    public IMap<String, SessionRecord> records() {
        return context.hazelcast().getMap("sessions");
    }

    /** A store of this member whose calls are counted. */
    public ClusteredStore store() {
        return new ClusteredStore(
                records(), calls(), aftermath(new SessionsMetrics(new SimpleMeterRegistry())), this::member);
    }

    /** The member's id. */
    UUID member() {
        return context.hazelcast().getCluster().getLocalMember().getUuid();
    }

    /** What follows the ends of sessions, counted there. */
    Aftermath aftermath(SessionsMetrics metrics) {
        return new Aftermath(metrics, index());
    }

    /** The lists of principals' sessions. */
    PrincipalIndex index() {
        return new PrincipalIndex(context.hazelcast().getMap("sessions.principals"), context.calls());
    }

    /** The member's calls, counted. */
    public Calls calls() {
        Calls real = context.calls();
        return new Calls() {
            @Override
            public Duration timeout() {
                return real.timeout();
            }

            @Override
            public <K, V, R> R onKey(IMap<K, V> map, K key, EntryProcessor<K, V, R> processor) {
                calls.incrementAndGet();
                return real.onKey(map, key, processor);
            }

            @Override
            public <K, V, R> Map<K, R> onKeys(IMap<K, V> map, Set<K> keys, EntryProcessor<K, V, R> processor) {
                calls.incrementAndGet();
                return real.onKeys(map, keys, processor);
            }

            @Override
            public <K, V, R> Map<K, R> onEach(IMap<K, V> map, Map<K, ? extends EntryProcessor<K, V, R>> processors) {
                calls.incrementAndGet();
                return real.onEach(map, processors);
            }

            @Override
            public <K, V, R> R aggregate(
                    IMap<K, V> map, Predicate<K, V> entries, Aggregator<? super Map.Entry<K, V>, R> aggregator) {
                return real.aggregate(map, entries, aggregator);
            }

            @Override
            public <K, V, R> CompletionStage<R> send(IMap<K, V> map, K key, EntryProcessor<K, V, R> processor) {
                calls.incrementAndGet();
                return real.send(map, key, processor);
            }
        };
    }

    /** How many calls to owners went through this probe since the last time this was asked. */
    public int takeCalls() {
        return calls.getAndSet(0);
    }

    @Override
    public ModuleProbe api() {
        return this;
    }

    @Override
    public void close() {}
}
