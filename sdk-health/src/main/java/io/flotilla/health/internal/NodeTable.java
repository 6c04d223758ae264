package io.flotilla.health.internal;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.health.NodeStatus;
import io.flotilla.health.internal.wire.Heartbeat;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.NodeName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The last heartbeat of every other member, stamped with this node's own ticker on arrival. Rows are shown for those that
 * Hazelcast counts as members at that moment, so one that leaves is gone from the table at once.
 */
final class NodeTable {
    private final ModuleContext context;
    private final SelfReport self;
    private final Map<UUID, Arrival> arrivals = new ConcurrentHashMap<>();

    private record Arrival(Heartbeat heartbeat, long at) {
        Arrival orLater(Arrival other) {
            return other.heartbeat.supersedes(heartbeat) ? other : this;
        }
    }

    NodeTable(ModuleContext context, SelfReport self) {
        this.context = context;
        this.self = self;
    }

    /** Takes a heartbeat; cheap enough for Hazelcast's event thread. */
    void heard(Heartbeat heartbeat) {
        Arrival arrival = new Arrival(heartbeat, context.ticker().getAsLong());
        arrivals.merge(heartbeat.member(), arrival, Arrival::orLater);
    }

    /** Drops what was heard from those that are not members, or not yet: those will be heard again. */
    void forgetStrangers() {
        arrivals.keySet().retainAll(members().stream().map(Member::getUuid).collect(Collectors.toSet()));
    }

    List<NodeStatus> rows() {
        try {
            return members().stream()
                    .map(this::row)
                    .sorted(Comparator.comparing(Row::node).thenComparing(Row::member))
                    .map(NodeStatus.class::cast)
                    .toList();
        } catch (HazelcastInstanceNotActiveException stopped) {
            throw new ClusterUnavailableException(
                    "node '" + context.node() + "' is no member of cluster '" + context.cluster() + "' any more",
                    stopped);
        }
    }

    private Set<Member> members() {
        return context.hazelcast().getCluster().getMembers();
    }

    private Row row(Member member) {
        if (member.localMember()) {
            return Row.ofSelf(self.heartbeat(0));
        }
        Arrival last = arrivals.get(member.getUuid());
        if (last == null) {
            return Row.unheard(member.getUuid(), NodeName.of(member));
        }
        Duration age = Duration.ofNanos(context.ticker().getAsLong() - last.at);
        return Row.heard(last.heartbeat, age);
    }
}
