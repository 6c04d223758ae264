package io.flotilla.internal;

import static java.util.Objects.requireNonNull;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.core.LifecycleEvent;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.Standing;
import io.flotilla.internal.wire.CoreWire;
import io.flotilla.internal.wire.MembershipAnswer;
import io.flotilla.internal.wire.MembershipQuestion;
import io.flotilla.internal.wire.Peer;
import io.flotilla.spi.Deadline;
import io.flotilla.spi.FactoryIds;
import io.flotilla.spi.Serving;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the {@link StandingMachine} what happens, asks the others when it wants to know, and says what it decides. Lives in
 * real time with a timer of its own: neither a test's time nor a user's timer may stall a member.
 */
final class StandingWatch implements MembershipListener, Gate, Serving {
    private static final Logger log = LoggerFactory.getLogger(StandingWatch.class);
    private static final String EXECUTOR = "core.standing";
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(1);
    /** How long the start waits for a confirmation, and a call after a stall. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(3);

    private static final Duration CALL_PATIENCE = Duration.ofSeconds(1);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ClusterConfig config;
    private final LongSupplier ticker;
    private final Consumer<Standing> listener;
    private final StandingMachine machine;
    private final Pulse pulse;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Standing standing = Standing.FORMING; // written under this
    private volatile boolean explained; // whether the log says why this member does not serve
    private volatile @Nullable Started started;

    /** What there is once the member has joined. */
    private record Started(
            HazelcastInstance member,
            Connections connections,
            IExecutorService executor,
            ExecutorService pool,
            ExecutorService listeners,
            Future<?> timer) {}

    StandingWatch(ClusterConfig config, LongSupplier ticker, Consumer<Standing> listener) {
        this.config = config;
        this.ticker = ticker;
        this.listener = listener;
        this.machine = new StandingMachine(config.splitPolicy(), config.initialMembers());
        this.pulse = new Pulse(ticker);
    }

    /** Others may ask as soon as the member has joined. */
    void configure(Config member) {
        member.getSerializationConfig().addDataSerializableFactory(FactoryIds.CORE, new CoreWire());
        member.addExecutorConfig(new ExecutorConfig(EXECUTOR).setPoolSize(1).setStatisticsEnabled(false));
        MembershipQuestion.Answering answering = asker -> machine.answer(asker, pulse.beats());
        answering.install(member);
    }

    /** Blocks until another member has confirmed this one, or none is there to do so; for a few seconds at most. */
    void start(HazelcastInstance member, Connections connections, Threads threads) {
        pulse.beat();
        connections.start(member);
        long every = Pulse.EVERY.toNanos();
        started = new Started(
                member,
                connections,
                member.getExecutorService(EXECUTOR),
                threads.newPool("core", "standing", 1),
                threads.newPool("core", "listener", 1),
                threads.newTimer("core-pulse").scheduleAtFixedRate(this::beat, every, every, TimeUnit.NANOSECONDS));
        member.getCluster().addMembershipListener(this);
        member.getLifecycleService().addLifecycleListener(this::onLifecycle);
        machine.entered(peers(member.getCluster()), ticker.getAsLong());
        Deadline deadline = Deadline.in(START_PATIENCE, SystemTime.TICKER);
        do {
            askOthers();
        } while (machine.wantsConfirmation() && !deadline.passed());
        if (standing == Standing.FORMING) {
            explained = true;
            log.info("{}", sentence());
        }
    }

    void stop() {
        Started present = started;
        if (present != null) {
            present.timer().cancel(false);
        }
    }

    Standing standing() {
        return pulse.beats() || standing != Standing.OPEN ? standing : Standing.STALLED;
    }

    /** One sentence for a log, an exception, an administrator. */
    String sentence() {
        return "cluster '" + config.name() + "': node '" + config.node() + "' " + machine.reason();
    }

    /** For the test kit: what is there now is what counts. */
    void settle() {
        machine.settle();
    }

    @Override
    public int enter() {
        int ticket = pulse.stalls();
        if (standing == Standing.OPEN && pulse.beats()) {
            return ticket;
        }
        return enterAfterStall();
    }

    @Override
    public boolean isOpen() {
        return standing == Standing.OPEN;
    }

    @Override
    public int ticket() {
        int ticket = pulse.stalls();
        return standing == Standing.OPEN && pulse.beats() ? ticket : REFUSED;
    }

    /** A confirmation takes a moment, which is worth waiting for; every other reason may last. */
    private int enterAfterStall() {
        Deadline deadline = Deadline.in(CALL_PATIENCE, SystemTime.TICKER);
        while (standing() == Standing.STALLED
                && !deadline.passed()
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        int ticket = pulse.stalls();
        if (standing() != Standing.OPEN) {
            throw new ClusterUnavailableException(sentence(), null);
        }
        return ticket;
    }

    @Override
    public boolean isTrusted(int ticket) {
        return pulse.beats() && pulse.stalls() == ticket;
    }

    private void beat() {
        if (!pulse.beat()) {
            machine.stalled();
        }
        Started here = requireNonNull(started);
        if (here.member().getLifecycleService().isRunning()) {
            machine.hears(
                    those(here, each -> here.connections().isSilent(each, StandingMachine.SILENT)),
                    those(here, each -> here.connections().hasEnded(each.getAddress())));
        }
        machine.pass(ticker.getAsLong());
        publish();
        if (machine.wantsConfirmation()) {
            handOver(here.pool(), this::askOthers);
        }
    }

    private static Set<Peer> those(Started here, Predicate<Member> which) {
        return here.member().getCluster().getMembers().stream()
                .filter(which)
                .map(Peer::of)
                .collect(Collectors.toSet());
    }

    private static void handOver(ExecutorService pool, Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException closing) {
            log.debug("the standing is not looked at any more", closing);
        }
    }

    private void askOthers() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        try {
            ask(requireNonNull(started));
        } catch (RuntimeException failure) {
            log.debug("other members could not be asked", failure);
        } finally {
            asking.set(false);
        }
        publish();
    }

    private void ask(Started here) {
        if (!machine.wantsConfirmation() || !here.member().getLifecycleService().isRunning()) {
            return;
        }
        int stalls = pulse.stalls();
        Cluster cluster = here.member().getCluster();
        MembershipQuestion question =
                new MembershipQuestion(cluster.getLocalMember().getUuid());
        BlockingQueue<Optional<MembershipAnswer>> answers = new LinkedBlockingQueue<>();
        Set<Member> members = cluster.getMembers();
        List<Peer> all = members.stream().map(Peer::of).toList();
        for (Member each : members) {
            if (!each.localMember()) {
                here.executor().submitToMember(question, each, noting(answers));
            }
        }
        hear(answers, all, stalls);
    }

    private static ExecutionCallback<MembershipAnswer> noting(BlockingQueue<Optional<MembershipAnswer>> answers) {
        return new ExecutionCallback<>() {
            @Override
            public void onResponse(MembershipAnswer answer) {
                answers.add(Optional.of(answer));
            }

            @Override
            public void onFailure(Throwable failure) {
                answers.add(Optional.empty());
            }
        };
    }

    private void hear(BlockingQueue<Optional<MembershipAnswer>> answers, List<Peer> all, int stalls) {
        Deadline deadline = Deadline.in(ANSWERS_WITHIN, SystemTime.TICKER);
        boolean byAll = true;
        for (int i = 1; i < all.size(); i++) {
            MembershipAnswer answer = next(answers, deadline);
            if (!isTrusted(stalls)) {
                return; // this JVM stood still while it waited: the answer may be an old one
            }
            if (answer != null && answer.member() && answer.confirmed()) {
                machine.confirmedBy(answer, ticker.getAsLong());
                return;
            }
            byAll &= answer != null && answer.member();
        }
        if (byAll) {
            machine.confirmedByAll(all, ticker.getAsLong());
        }
    }

    private static @Nullable MembershipAnswer next(
            BlockingQueue<Optional<MembershipAnswer>> answers, Deadline deadline) {
        try {
            Optional<MembershipAnswer> answer = answers.poll(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            return answer == null ? null : answer.orElse(null);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        machine.joined(Peer.of(event.getMember()), ticker.getAsLong());
        publish();
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        Member gone = event.getMember();
        boolean ended = requireNonNull(started).connections().takeEnded(gone.getAddress());
        machine.left(Peer.of(gone), ended && pulse.beats(), ticker.getAsLong());
        publish();
    }

    private void onLifecycle(LifecycleEvent event) {
        switch (event.getState()) {
            case MERGING -> machine.merging();
            case MERGED ->
                machine.entered(peers(requireNonNull(started).member().getCluster()), ticker.getAsLong());
            default -> {
                return;
            }
        }
        publish();
    }

    /** Oldest first. */
    private static List<Peer> peers(Cluster cluster) {
        List<Peer> peers = new ArrayList<>();
        cluster.getMembers().forEach(each -> peers.add(Peer.of(each)));
        return peers;
    }

    private synchronized void publish() {
        Standing before = standing;
        Standing after = machine.standing();
        if (before == after) {
            return;
        }
        standing = after;
        explain(after);
        handOver(requireNonNull(started).listeners(), () -> tell(after));
    }

    private void explain(Standing news) {
        if (news == Standing.OPEN && explained) {
            log.info("cluster '{}': node '{}' serves again", config.name(), config.node());
            explained = false;
        } else if (news == Standing.STALLED || news == Standing.CUT_OFF) {
            log.warn("{}", sentence());
            explained = true;
        } else if (news == Standing.MERGING) { // of that the log of members tells
            explained = true;
        }
    }

    private void tell(Standing news) {
        try {
            listener.accept(news);
        } catch (RuntimeException failure) {
            log.error("cluster '{}': the listener of ClusterBuilder.onStanding failed", config.name(), failure);
        }
    }
}
