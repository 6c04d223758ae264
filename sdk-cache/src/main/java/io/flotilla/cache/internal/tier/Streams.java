package io.flotilla.cache.internal.tier;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.flotilla.cache.internal.protocol.Bulletin;
import io.flotilla.cache.internal.protocol.OwnerStream;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.StreamViews;
import io.flotilla.cache.internal.protocol.Times;
import io.flotilla.cache.internal.wire.BulletinMessage;
import io.flotilla.cache.internal.wire.CacheKey;
import io.flotilla.cache.internal.wire.Listening;
import io.flotilla.cache.internal.wire.OwnerContext;
import io.flotilla.cache.internal.wire.ReportMessage;
import io.flotilla.cache.internal.wire.SettledQuestion;
import io.flotilla.cache.internal.wire.WakeMessage;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.Serving;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The streams of this member: what it tells as an owner, and what it hears as a reader. Bulletins and reports answer each
 * other, so that each message acknowledges the one before. Thread-safe.
 */
public final class Streams implements Listening, InitialMembershipListener {
    /** The executor that takes messages in; its tasks are short. */
    public static final String EXECUTOR = "cache.streams";

    /** Changes that come within this time travel together. */
    private static final Duration COALESCED = Duration.ofMillis(1);

    private final HazelcastInstance member;
    private final OwnerContext owner;
    private final Serving serving;
    private final LongSupplier ticker;
    private final IExecutorService executor;
    private final ExecutorService thread;
    private final Stores stores;
    private final Rejoining rejoining;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile Reader reader;

    /** This member under its present id: another one after a merge. */
    private record Reader(UUID id, StreamViews<CacheKey> views) {}

    /** Takes up a message's answer. */
    @FunctionalInterface
    private interface Taken<R> extends ExecutionCallback<R> {
        /** Called if there is an answer. */
        void taken(R answer);

        @Override
        default void onResponse(@Nullable R answer) {
            if (answer != null) {
                taken(answer);
            }
        }

        /** Whatever was lost is told again. */
        @Override
        default void onFailure(Throwable failure) {}
    }

    /**
     * Listens from now on.
     *
     * @param ticker elapsed time that begins at zero
     */
    public Streams(ModuleContext context, LongSupplier ticker, Stores stores) {
        this.member = context.hazelcast();
        this.owner = OwnerContext.of(member);
        this.serving = context.serving();
        this.ticker = ticker;
        this.executor = member.getExecutorService(EXECUTOR);
        this.thread = context.newPool("streams", 1);
        this.stores = stores;
        this.rejoining = new Rejoining(member, context.newPool("rejoining", 1));
        this.reader = newReader();
        member.getUserContext().put(Listening.KEY, this);
        member.getCluster().addMembershipListener(this);
        member.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                onThread(this::rejoined);
            }
        });
        owner.onNews(this::soon);
        onThread(this::report);
        context.repeat(thread, Times.REPORT, "reporting to the owners of values", () -> whileRunning(this::report));
        context.repeat(thread, Times.RESEND, "telling what was not acknowledged", () -> whileRunning(this::tell));
    }

    private Reader newReader() {
        UUID id = member.getCluster().getLocalMember().getUuid();
        int partitions = member.getPartitionService().getPartitions().size();
        StreamViews<CacheKey> views = new StreamViews<>(id, partitions, StreamViews.KEPT_FLOORS, stores, ticker);
        return new Reader(id, views);
    }

    /** What this member knows of the streams of all owners. */
    StreamViews<CacheKey> views() {
        return reader.views();
    }

    @Override
    public void init(InitialMembershipEvent event) {
        event.getMembers().forEach(each -> views().joined(each.getUuid()));
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        views().joined(event.getMember().getUuid());
        onThread(this::report);
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        views().left(event.getMember().getUuid());
    }

    /** There is something to tell. Called on partitions' threads. */
    private void soon() {
        if (scheduled.compareAndSet(false, true)) {
            onThread(this::tellTogether);
        }
    }

    private void onThread(Runnable task) {
        try {
            thread.execute(() -> whileRunning(task));
        } catch (RejectedExecutionException closed) {
            return; // this member leaves
        }
    }

    /** The member may stop while a task runs; then there is nothing left to tell. */
    private static void whileRunning(Runnable task) {
        try {
            task.run();
        } catch (HazelcastInstanceNotActiveException stopped) {
            return;
        }
    }

    private void tellTogether() {
        LockSupport.parkNanos(COALESCED.toNanos());
        scheduled.set(false);
        tell();
        wake();
    }

    private void tell() {
        int ticket = serving.ticket();
        if (ticket == Serving.REFUSED || !member.getLifecycleService().isRunning()) {
            return;
        }
        owner.reconcile(member, now());
        Map<UUID, Bulletin<CacheKey>> due = owner.stream(member).due(now());
        if (serving.isTrusted(ticket)) {
            due.forEach(this::tell);
        }
    }

    private void tell(UUID to, Bulletin<CacheKey> bulletin) {
        if (to.equals(reader.id())) {
            ReportMessage report = told(new BulletinMessage(bulletin));
            owner.stream(member).acknowledged(report.report(), now());
        } else {
            send(
                    new BulletinMessage(bulletin),
                    to,
                    (ReportMessage report) -> owner.stream(member).acknowledged(report.report(), now()));
        }
    }

    private void wake() {
        for (OwnerContext.Wake each = owner.wakes().poll();
                each != null;
                each = owner.wakes().poll()) {
            if (each.reader().equals(reader.id())) {
                woken(each.key());
            } else {
                send(new WakeMessage(each.key()), each.reader(), (Boolean done) -> {});
            }
        }
    }

    private void report() {
        if (member.getLifecycleService().isRunning()) {
            for (Member each : member.getCluster().getMembers()) {
                report(each.getUuid());
            }
        }
    }

    private void report(UUID to) {
        ReportMessage report = new ReportMessage(views().report(to, now()));
        if (to.equals(reader.id())) {
            BulletinMessage bulletin = reported(report);
            if (bulletin != null) {
                take(bulletin.bulletin());
            }
        } else {
            send(report, to, (BulletinMessage bulletin) -> take(bulletin.bulletin()));
        }
    }

    /** More notes may be waiting behind those that came. */
    private void take(Bulletin<CacheKey> bulletin) {
        if (views().take(bulletin)) {
            onThread(() -> report(bulletin.owner()));
        }
    }

    private <R> void send(Callable<R> message, UUID to, Taken<R> answer) {
        for (Member each : member.getCluster().getMembers()) {
            if (each.getUuid().equals(to)) {
                try {
                    executor.submitToMember(message, each, answer);
                } catch (HazelcastInstanceNotActiveException | RejectedExecutionException stopped) {
                    return; // this member leaves
                }
            }
        }
    }

    @Override
    public @Nullable BulletinMessage reported(ReportMessage report) {
        int ticket = serving.ticket();
        if (ticket == Serving.REFUSED) {
            return null;
        }
        owner.reconcile(member, now());
        Bulletin<CacheKey> bulletin = owner.stream(member).answer(report.report(), now());
        return serving.isTrusted(ticket) ? new BulletinMessage(bulletin) : null;
    }

    @Override
    public ReportMessage told(BulletinMessage bulletin) {
        views().take(bulletin.bulletin());
        return new ReportMessage(views().report(bulletin.bulletin().owner(), now()));
    }

    @Override
    public void woken(CacheKey key) {
        stores.woken(key);
    }

    @Override
    public boolean isSettled(UUID stream, long change, int partition) {
        OwnerStream<CacheKey> present = owner.stream(member);
        Position position = new Position(stream, change);
        long now = now();
        return present.position(partition).stream().equals(stream) && present.isSettled(position, partition, now, now);
    }

    /** Asks an owner whether no member answers what was there before a change; false if it does not answer. */
    CompletableFuture<Boolean> asksWhetherSettled(Position change, int partition) {
        CompletableFuture<Boolean> settled = new CompletableFuture<>();
        if (change.stream().equals(reader.id())) {
            settled.complete(isSettled(change.stream(), change.number(), partition));
        } else {
            Taken<Boolean> taken = settled::complete;
            send(new SettledQuestion(change, partition), change.stream(), taken);
        }
        return settled;
    }

    @Override
    public void forgetAll() {
        owner.stream(member).forgetAll();
        soon();
    }

    /** This member was on the other side of a cut: what it has near is void, and what the others kept may be. */
    private void rejoined() {
        Reader before = reader;
        reader = newReader();
        member.getCluster().getMembers().forEach(each -> views().joined(each.getUuid()));
        before.views().end();
        stores.dropAll();
        rejoining.begin();
    }

    long now() {
        return ticker.getAsLong();
    }

    /** Stops telling; what members ask is still answered. */
    public void stop() {
        owner.onNews(() -> {});
    }
}
