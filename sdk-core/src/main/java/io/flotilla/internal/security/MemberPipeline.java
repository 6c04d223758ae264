package io.flotilla.internal.security;

import static java.util.Objects.requireNonNull;

import com.hazelcast.config.Config;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.networking.ChannelOption;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.internal.server.tcp.ChannelInitializerFunction;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperties;
import org.jspecify.annotations.Nullable;

/**
 * Builds the pipeline of every connection of a member: Hazelcast's member protocol and no other, behind the security if there
 * is one. Clients, REST and memcache have no decoder here, so there is nothing to switch off.
 */
final class MemberPipeline extends ChannelInitializerFunction {
    private static final int KIB = 1024;

    private final @Nullable MemberSecurity security;

    MemberPipeline(ServerContext context, Config config, @Nullable MemberSecurity security) {
        super(context, config);
        this.security = security;
    }

    @Override
    public ChannelInitializer apply(@Nullable EndpointQualifier qualifier) {
        ChannelInitializer members = provideMemberChannelInitializer(null);
        return channel -> {
            setOptions(channel);
            if (security == null) {
                members.initChannel(channel);
                return;
            }
            ServerConnection connection =
                    requireNonNull((ServerConnection) channel.attributeMap().get(ServerConnection.class), "connection");
            SecureConnection secure = security.attach(channel, connection);
            channel.inboundPipeline().addLast(new SecureDecoder(secure));
            members.initChannel(channel);
            channel.outboundPipeline().addLast(new SecureEncoder(secure));
        };
    }

    /** As Hazelcast's own initializer for a port of all protocols does, which the one for members leaves to others. */
    private void setOptions(Channel channel) {
        HazelcastProperties properties = serverContext.properties();
        channel.options()
                .setOption(ChannelOption.DIRECT_BUF, properties.getBoolean(ClusterProperty.SOCKET_BUFFER_DIRECT))
                .setOption(ChannelOption.TCP_NODELAY, properties.getBoolean(ClusterProperty.SOCKET_NO_DELAY))
                .setOption(ChannelOption.SO_KEEPALIVE, properties.getBoolean(ClusterProperty.SOCKET_KEEP_ALIVE))
                .setOption(
                        ChannelOption.SO_SNDBUF, properties.getInteger(ClusterProperty.SOCKET_SEND_BUFFER_SIZE) * KIB)
                .setOption(
                        ChannelOption.SO_RCVBUF,
                        properties.getInteger(ClusterProperty.SOCKET_RECEIVE_BUFFER_SIZE) * KIB)
                .setOption(ChannelOption.SO_LINGER, properties.getSeconds(ClusterProperty.SOCKET_LINGER_SECONDS))
                .setOption(ChannelOption.TCP_KEEPIDLE, properties.getInteger(ClusterProperty.SOCKET_KEEP_IDLE))
                .setOption(ChannelOption.TCP_KEEPCOUNT, properties.getInteger(ClusterProperty.SOCKET_KEEP_COUNT))
                .setOption(ChannelOption.TCP_KEEPINTERVAL, properties.getInteger(ClusterProperty.SOCKET_KEEP_INTERVAL));
    }
}
