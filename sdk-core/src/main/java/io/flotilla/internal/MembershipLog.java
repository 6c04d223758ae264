package io.flotilla.internal;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.flotilla.Cluster;
import io.flotilla.spi.NodeName;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator wants to read about who is in the cluster: one line a change. */
final class MembershipLog implements MembershipListener {
    private static final Logger log = LoggerFactory.getLogger(MembershipLog.class);
    private static final long PATIENCE_SECONDS = 5;

    private final ClusterConfig config;
    private final HazelcastInstance member;
    private final Supplier<Cluster.State> state;
    private final Supplier<Map<String, String>> refusals;
    private volatile @Nullable Future<?> timer;

    MembershipLog(
            ClusterConfig config,
            HazelcastInstance member,
            Supplier<Cluster.State> state,
            Supplier<Map<String, String>> refusals) {
        this.config = config;
        this.member = member;
        this.state = state;
        this.refusals = refusals;
    }

    void start(Threads threads) {
        member.getCluster().addMembershipListener(this);
        member.getLifecycleService().addLifecycleListener(this::onLifecycle);
        warnOfTwins();
        // Members that start in the same moment find each other within seconds: only then is being alone worth a word.
        ExecutorService pool = threads.newPool("core", "discovery", 1); // asking may block
        timer = threads.scheduler().schedule(() -> pool.execute(this::warnIfAlone), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void stop() {
        Future<?> pending = timer;
        if (pending != null) {
            pending.cancel(false);
        }
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        log.info("cluster '{}': {} joined; members: {}", config.name(), describe(event.getMember()), size(event));
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        log.info("cluster '{}': {} left; members: {}", config.name(), describe(event.getMember()), size(event));
    }

    private void onLifecycle(LifecycleEvent event) {
        if (event.getState() == LifecycleState.MERGING) {
            log.warn(
                    "cluster '{}' was split and heals: node '{}' gives up its side's state and joins the other side",
                    config.name(),
                    config.node());
        } else if (event.getState() == LifecycleState.MERGED) {
            log.info("cluster '{}': node '{}' has joined the other side", config.name(), config.node());
        } else if (event.getState() == LifecycleState.MERGE_FAILED) {
            log.error(
                    "cluster '{}': node '{}' gave up its side's state but could not join the other side; restart the"
                            + " application on this node",
                    config.name(),
                    config.node());
        } else if (event.getState() == LifecycleState.SHUTDOWN && state.get() == Cluster.State.RUNNING) {
            log.error(
                    "cluster '{}': the member of node '{}' has stopped although nobody closed it; restart the"
                            + " application on this node",
                    config.name(),
                    config.node());
        }
    }

    private void warnIfAlone() {
        if (!config.discovery().isNone() && isAlone()) {
            String tried = config.discovery()
                    .report(member.getCluster().getLocalMember().getAddress(), refusals.get());
            if (isAlone()) { // looking at them took a while
                log.warn(
                        "cluster '{}': node '{}' is alone; looked for members at {}. It joins them when they come; until"
                                + " then there is no second copy of anything",
                        config.name(),
                        config.node(),
                        tried);
            }
        }
    }

    private boolean isAlone() {
        return member.getLifecycleService().isRunning()
                && member.getCluster().getMembers().size() == 1;
    }

    private void warnOfTwins() {
        Set<Member> members = member.getCluster().getMembers();
        boolean twin = members.stream()
                .anyMatch(each -> !each.localMember() && config.node().equals(NodeName.of(each)));
        if (twin) {
            log.warn(
                    "cluster '{}' has two nodes called '{}': tables and metrics will mix them up; give each its own"
                            + " name with ClusterBuilder.node",
                    config.name(),
                    config.node());
        }
    }

    private static String describe(Member who) {
        return "node '" + NodeName.of(who) + "' at " + who.getAddress().getHost() + ":"
                + who.getAddress().getPort();
    }

    private static int size(MembershipEvent event) {
        return event.getMembers().size();
    }
}
