package io.flotilla.internal.security;

import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.networking.nio.NioChannel;
import com.hazelcast.internal.networking.nio.NioNetworking;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.tcp.TcpServer;
import io.flotilla.Cluster;
import java.util.Collection;
import java.util.Set;

/** What Hazelcast's network layer holds in one member. */
final class Insides {
    private final TcpServer server;

    private Insides(TcpServer server) {
        this.server = server;
    }

    static Insides of(Cluster cluster) {
        HazelcastInstanceProxy member = (HazelcastInstanceProxy) cluster.hazelcast();
        return new Insides((TcpServer) member.getOriginal().node.getServer());
    }

    Collection<ServerConnection> connections() {
        return server.getConnectionManager(EndpointQualifier.MEMBER).getConnections();
    }

    Set<NioChannel> channels() {
        return ((NioNetworking) server.getNetworking()).getChannels();
    }
}
