package io.flotilla.internal;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator wants to read about who is in the cluster: one line a change. */
final class MembershipLog implements MembershipListener {
    private static final Logger log = LoggerFactory.getLogger(MembershipLog.class);
    private static final long PATIENCE_SECONDS = 5;

    private final ClusterConfig config;
    private final HazelcastInstance member;

    private MembershipLog(ClusterConfig config, HazelcastInstance member) {
        this.config = config;
        this.member = member;
    }

    static void start(ClusterConfig config, HazelcastInstance member, ScheduledExecutorService scheduler) {
        MembershipLog listener = new MembershipLog(config, member);
        member.getCluster().addMembershipListener(listener);
        member.getLifecycleService().addLifecycleListener(listener::onLifecycle);
        listener.warnOfTwins();
        // Members that start in the same moment find each other within seconds: only then is being alone worth a word.
        var unused = scheduler.schedule(listener::warnIfAlone, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        log.info("cluster '{}': {} joined, {} members", config.name(), describe(event.getMember()), size(event));
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        log.info("cluster '{}': {} left, {} members", config.name(), describe(event.getMember()), size(event));
    }

    private void onLifecycle(LifecycleEvent event) {
        if (event.getState() == LifecycleState.MERGING) {
            log.warn(
                    "cluster '{}' was split and heals: node '{}' gives up its side's state and joins the other side",
                    config.name(),
                    config.node());
        } else if (event.getState() == LifecycleState.MERGED) {
            log.info("cluster '{}': node '{}' has joined the other side", config.name(), config.node());
        }
    }

    private void warnIfAlone() {
        List<String> tried = config.discovery().addresses();
        if (!tried.isEmpty()
                && member.getLifecycleService().isRunning()
                && member.getCluster().getMembers().size() == 1) {
            log.warn(
                    "cluster '{}': node '{}' is alone; none of {} answered. It joins them when they come; until then"
                            + " there is no second copy of anything",
                    config.name(),
                    config.node(),
                    tried);
        }
    }

    private void warnOfTwins() {
        Set<Member> members = member.getCluster().getMembers();
        boolean twin = members.stream()
                .anyMatch(each ->
                        !each.localMember() && config.node().equals(each.getAttribute(MemberConfig.NODE_ATTRIBUTE)));
        if (twin) {
            log.warn(
                    "cluster '{}' has two nodes called '{}': tables and metrics will mix them up; give each its own"
                            + " name with ClusterBuilder.node",
                    config.name(),
                    config.node());
        }
    }

    private static String describe(Member who) {
        return "node '" + who.getAttribute(MemberConfig.NODE_ATTRIBUTE) + "' at "
                + who.getAddress().getHost() + ":" + who.getAddress().getPort();
    }

    private static int size(MembershipEvent event) {
        return event.getMembers().size();
    }
}
