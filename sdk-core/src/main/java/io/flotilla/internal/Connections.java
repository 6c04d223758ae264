package io.flotilla.internal;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.HazelcastInstanceImpl;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.ClusterServiceImpl;
import com.hazelcast.internal.nio.Connection;
import com.hazelcast.internal.nio.ConnectionListener;
import com.hazelcast.internal.server.ServerConnection;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the connections to other members tell: how many were lost, whose process has ended, and who is silent. The only
 * class that knows Hazelcast's network. Events come on Hazelcast's event thread, in the order of the membership events.
 */
public final class Connections implements ConnectionListener<ServerConnection> {
    private final Predicate<Connection> closedByPeer;
    private final Set<Address> ended = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile @Nullable Node node;

    Connections(Predicate<Connection> closedByPeer) {
        this.closedByPeer = closedByPeer;
    }

    void start(HazelcastInstance member) {
        Node started = original(member).node;
        node = started;
        started.getServer().addConnectionListener(this);
    }

    private static HazelcastInstanceImpl original(HazelcastInstance member) {
        return member instanceof HazelcastInstanceProxy proxy ? proxy.getOriginal() : (HazelcastInstanceImpl) member;
    }

    /** How many connections to members were lost so far. */
    int lost() {
        return lost.get();
    }

    /**
     * Whether the other side closed its last connection and has not come back since. A process that ends does so, killed
     * or not: its host closes its connections. One that is frozen or cut off does not; one that merely dropped a
     * connection connects again before it can be removed, since Hazelcast removes it only after it has tried in vain.
     */
    boolean takeEnded(Address address) {
        return ended.remove(address);
    }

    /** As {@link #takeEnded}, of a member that Hazelcast has not removed yet. */
    boolean hasEnded(Address address) {
        return ended.contains(address);
    }

    /** Whether no heartbeat of a member has come for so long. */
    boolean isSilent(Member member, Duration atLeast) {
        Node started = node;
        if (started == null || member.localMember()) {
            return false;
        }
        ClusterServiceImpl cluster = started.getClusterService();
        long last = cluster.getClusterHeartbeatManager().getLastHeartbeatTime(member);
        return last > 0 && cluster.getClusterTime() - last >= atLeast.toMillis();
    }

    @Override
    public void connectionAdded(ServerConnection connection) {
        Address address = connection.getRemoteAddress();
        if (address != null) {
            ended.remove(address);
        }
    }

    @Override
    public void connectionRemoved(ServerConnection connection) {
        lost.incrementAndGet();
        Address address = connection.getRemoteAddress();
        if (address != null && closedByPeer.test(connection) && !isConnected(address)) {
            ended.add(address);
        }
    }

    private boolean isConnected(Address address) {
        Node started = node;
        return started != null
                && started
                        .getServer()
                        .getConnectionManager(EndpointQualifier.MEMBER)
                        .getAllConnections(address)
                        .stream()
                        .anyMatch(Connection::isAlive);
    }

    /** Whether a connection was closed or reset by the other side, and not by this one for want of heartbeats. */
    public static boolean closedByPeer(Connection connection) {
        Throwable cause = connection.getCloseCause();
        return cause instanceof EOFException || (cause instanceof IOException && saysReset(cause.getMessage()));
    }

    private static boolean saysReset(@Nullable String message) {
        String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return text.contains("reset") || text.contains("broken pipe") || text.contains("closed");
    }
}
