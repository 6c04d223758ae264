package io.flotilla.internal.security;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hazelcast promises nothing for its internals. Those that are used here are listed here, so that an upgrade says at once
 * which of them are gone; whether they still mean the same, the tests with real members tell.
 */
final class HazelcastInternalsTest {
    /** Who uses it: the class, and of it what. */
    private static final String USED = """
            MemberContext: com.hazelcast.instance.BuildInfoProvider: BuildInfo getBuildInfo()
            MemberContext: com.hazelcast.instance.BuildInfo: String getVersion()
            MemberContext: com.hazelcast.instance.impl.HazelcastInstanceFactory: HazelcastInstance newHazelcastInstance(Config, String, NodeContext)
            MemberContext: com.hazelcast.instance.impl.DefaultNodeContext: DefaultNodeContext()
            MemberContext: com.hazelcast.instance.impl.DefaultNodeContext: NodeExtension createNodeExtension(Node)
            MemberContext: com.hazelcast.instance.impl.DefaultNodeContext: Joiner createJoiner(Node)
            MemberContext: com.hazelcast.instance.impl.DefaultNodeExtension: DefaultNodeExtension(Node)
            MemberContext: com.hazelcast.instance.impl.DefaultNodeExtension: Function createChannelInitializerFn(ServerContext)
            MemberContext: com.hazelcast.instance.impl.DefaultNodeExtension: ClientEngine createClientEngine()
            MemberContext: com.hazelcast.instance.impl.DefaultNodeExtension: void validateJoinRequest(JoinMessage)
            MemberContext: com.hazelcast.instance.impl.Node: LoggingServiceImpl loggingService
            MemberContext: com.hazelcast.instance.impl.Node: ClusterServiceImpl getClusterService()
            MemberContext: com.hazelcast.internal.cluster.impl.JoinMessage: Address getAddress()
            MemberContext: com.hazelcast.internal.cluster.impl.JoinRequest: Map getAttributes()
            MemberContext: com.hazelcast.client.impl.NoOpClientEngine: NoOpClientEngine()
            MemberContext: com.hazelcast.client.impl.ClientEngine
            MemberContext: com.hazelcast.instance.impl.NodeExtension
            MemberContext: com.hazelcast.internal.cluster.Joiner
            MemberContext: com.hazelcast.instance.impl.Node: Config getConfig()
            FailClosedJoiner: com.hazelcast.instance.impl.Node: DiscoveryService discoveryService
            FailClosedJoiner: com.hazelcast.instance.impl.Node: HazelcastProperties getProperties()
            FailClosedJoiner: com.hazelcast.spi.properties.ClusterProperty: HazelcastProperty DISCOVERY_SPI_PUBLIC_IP_ENABLED
            FailClosedJoiner: com.hazelcast.internal.cluster.impl.DiscoveryJoiner: DiscoveryJoiner(Node, DiscoveryService, boolean)
            FailClosedJoiner: com.hazelcast.internal.cluster.impl.DiscoveryJoiner: void blacklist(Address, boolean)
            MemberPipeline: com.hazelcast.instance.EndpointQualifier
            MemberPipeline: com.hazelcast.internal.server.tcp.ChannelInitializerFunction: ChannelInitializerFunction(ServerContext, Config)
            MemberPipeline: com.hazelcast.internal.server.tcp.ChannelInitializerFunction: ChannelInitializer apply(EndpointQualifier)
            MemberPipeline: com.hazelcast.internal.server.tcp.ChannelInitializerFunction: ChannelInitializer provideMemberChannelInitializer(EndpointConfig)
            MemberPipeline: com.hazelcast.internal.server.tcp.ChannelInitializerFunction: ServerContext serverContext
            MemberPipeline: com.hazelcast.internal.server.ServerContext: HazelcastProperties properties()
            MemberPipeline: com.hazelcast.internal.networking.ChannelInitializer: void initChannel(Channel)
            MemberPipeline: com.hazelcast.internal.networking.Channel: ConcurrentMap attributeMap()
            MemberPipeline: com.hazelcast.internal.networking.Channel: ChannelOptions options()
            MemberPipeline: com.hazelcast.internal.networking.Channel: InboundPipeline inboundPipeline()
            MemberPipeline: com.hazelcast.internal.networking.Channel: OutboundPipeline outboundPipeline()
            MemberPipeline: com.hazelcast.internal.networking.InboundPipeline: InboundPipeline addLast(InboundHandler[])
            MemberPipeline: com.hazelcast.internal.networking.OutboundPipeline: OutboundPipeline addLast(OutboundHandler[])
            MemberPipeline: com.hazelcast.internal.networking.ChannelOptions: ChannelOptions setOption(ChannelOption, Object)
            MemberPipeline: com.hazelcast.internal.networking.ChannelOption: ChannelOption DIRECT_BUF
            MemberPipeline: com.hazelcast.internal.networking.ChannelOption: ChannelOption TCP_NODELAY
            MemberPipeline: com.hazelcast.internal.networking.ChannelOption: ChannelOption SO_KEEPALIVE
            MemberPipeline: com.hazelcast.internal.networking.ChannelOption: ChannelOption SO_SNDBUF
            MemberPipeline: com.hazelcast.internal.networking.ChannelOption: ChannelOption SO_RCVBUF
            MemberPipeline: com.hazelcast.internal.networking.ChannelOption: ChannelOption SO_LINGER
            MemberPipeline: com.hazelcast.internal.networking.ChannelOption: ChannelOption TCP_KEEPIDLE
            MemberPipeline: com.hazelcast.internal.networking.ChannelOption: ChannelOption TCP_KEEPCOUNT
            MemberPipeline: com.hazelcast.internal.networking.ChannelOption: ChannelOption TCP_KEEPINTERVAL
            MemberPipeline: com.hazelcast.spi.properties.HazelcastProperties: boolean getBoolean(HazelcastProperty)
            MemberPipeline: com.hazelcast.spi.properties.HazelcastProperties: int getInteger(HazelcastProperty)
            MemberPipeline: com.hazelcast.spi.properties.HazelcastProperties: int getSeconds(HazelcastProperty)
            MemberPipeline: com.hazelcast.spi.properties.ClusterProperty: HazelcastProperty SOCKET_BUFFER_DIRECT
            MemberPipeline: com.hazelcast.spi.properties.ClusterProperty: HazelcastProperty SOCKET_NO_DELAY
            MemberPipeline: com.hazelcast.spi.properties.ClusterProperty: HazelcastProperty SOCKET_KEEP_ALIVE
            MemberPipeline: com.hazelcast.spi.properties.ClusterProperty: HazelcastProperty SOCKET_SEND_BUFFER_SIZE
            MemberPipeline: com.hazelcast.spi.properties.ClusterProperty: HazelcastProperty SOCKET_RECEIVE_BUFFER_SIZE
            MemberPipeline: com.hazelcast.spi.properties.ClusterProperty: HazelcastProperty SOCKET_LINGER_SECONDS
            MemberPipeline: com.hazelcast.spi.properties.ClusterProperty: HazelcastProperty SOCKET_KEEP_IDLE
            MemberPipeline: com.hazelcast.spi.properties.ClusterProperty: HazelcastProperty SOCKET_KEEP_COUNT
            MemberPipeline: com.hazelcast.spi.properties.ClusterProperty: HazelcastProperty SOCKET_KEEP_INTERVAL
            MemberSecurity: com.hazelcast.internal.networking.Channel: boolean isClientMode()
            MemberSecurity: com.hazelcast.internal.networking.Channel: void addCloseListener(ChannelCloseListener)
            SecureConnection: com.hazelcast.internal.networking.Channel: Socket socket()
            SecureConnection: com.hazelcast.internal.networking.Channel: boolean isClosed()
            SecureConnection: com.hazelcast.internal.networking.Channel: long lastReadTimeMillis()
            SecureConnection: com.hazelcast.internal.networking.InboundPipeline: InboundPipeline wakeup()
            SecureConnection: com.hazelcast.internal.networking.OutboundPipeline: OutboundPipeline wakeup()
            SecureConnection: com.hazelcast.internal.nio.ConnectionType: String REST_CLIENT
            SecureConnection: com.hazelcast.internal.server.ServerConnection: void setConnectionType(String)
            SecureConnection: com.hazelcast.internal.server.ServerConnection: InetSocketAddress getRemoteSocketAddress()
            SecureConnection: com.hazelcast.internal.server.ServerConnection: boolean isAlive()
            SecureConnection: com.hazelcast.internal.server.ServerConnection: void close(String, Throwable)
            SecureDecoder: com.hazelcast.internal.networking.HandlerStatus: HandlerStatus CLEAN
            SecureDecoder: com.hazelcast.internal.networking.HandlerStatus: HandlerStatus DIRTY
            SecureDecoder: com.hazelcast.internal.networking.HandlerStatus: HandlerStatus BLOCKED
            SecureDecoder: com.hazelcast.internal.networking.InboundHandler: HandlerStatus onRead()
            SecureDecoder: com.hazelcast.internal.networking.InboundHandler: void initSrcBuffer(int)
            SecureDecoder: com.hazelcast.internal.networking.InboundHandler: void handlerAdded()
            SecureDecoder: com.hazelcast.internal.networking.InboundHandler: void interceptError(Throwable)
            SecureDecoder: com.hazelcast.internal.networking.InboundHandler: Object src
            SecureDecoder: com.hazelcast.internal.networking.InboundHandler: Object dst
            SecureEncoder: com.hazelcast.internal.networking.OutboundHandler: HandlerStatus onWrite()
            SecureEncoder: com.hazelcast.internal.networking.OutboundHandler: void initDstBuffer(int)
            SecureEncoder: com.hazelcast.internal.networking.OutboundHandler: void handlerAdded()
            SecureEncoder: com.hazelcast.internal.networking.OutboundHandler: void interceptError(Throwable)
            SecureEncoder: com.hazelcast.internal.networking.OutboundHandler: Object src
            SecureEncoder: com.hazelcast.internal.networking.OutboundHandler: Object dst
            SecureEncoder: com.hazelcast.internal.networking.OutboundHandler: Channel channel
            Connections: com.hazelcast.instance.impl.HazelcastInstanceProxy: HazelcastInstanceImpl getOriginal()
            Connections: com.hazelcast.instance.impl.HazelcastInstanceImpl: Node node
            Connections: com.hazelcast.instance.impl.Node: Server getServer()
            Connections: com.hazelcast.instance.impl.Node: ClusterServiceImpl getClusterService()
            Connections: com.hazelcast.internal.server.Server: void addConnectionListener(ConnectionListener)
            Connections: com.hazelcast.internal.server.Server: ServerConnectionManager getConnectionManager(EndpointQualifier)
            Connections: com.hazelcast.internal.server.ServerConnectionManager: List getAllConnections(Address)
            Connections: com.hazelcast.internal.nio.ConnectionListener: void connectionAdded(Connection)
            Connections: com.hazelcast.internal.nio.ConnectionListener: void connectionRemoved(Connection)
            Connections: com.hazelcast.internal.nio.Connection: Throwable getCloseCause()
            Connections: com.hazelcast.internal.server.ServerConnection: Address getRemoteAddress()
            Connections: com.hazelcast.internal.cluster.impl.ClusterServiceImpl: ClusterHeartbeatManager getClusterHeartbeatManager()
            Connections: com.hazelcast.internal.cluster.impl.ClusterServiceImpl: long getClusterTime()
            Connections: com.hazelcast.internal.cluster.impl.ClusterHeartbeatManager: long getLastHeartbeatTime(Member)
            CompletionThreads: com.hazelcast.internal.util.ConcurrencyUtil: void setDefaultAsyncExecutor(Executor)
            OwnerAnswer: com.hazelcast.map.impl.proxy.MapProxyImpl: InternalCompletableFuture executeOnKeyInternal(Object, EntryProcessor)
            OwnerAnswer: com.hazelcast.map.impl.proxy.MapProxyImpl: NodeEngine getNodeEngine()
            OwnerAnswer: com.hazelcast.spi.impl.NodeEngine: HazelcastInstance getHazelcastInstance()
            OwnerAnswer: com.hazelcast.spi.impl.NodeEngine: SerializationService getSerializationService()
            HandoverService: com.hazelcast.internal.partition.MigrationAwareService: Operation prepareReplicationOperation(PartitionReplicationEvent)
            HandoverService: com.hazelcast.internal.partition.MigrationAwareService: void beforeMigration(PartitionMigrationEvent)
            HandoverService: com.hazelcast.internal.partition.MigrationAwareService: void commitMigration(PartitionMigrationEvent)
            HandoverService: com.hazelcast.internal.partition.MigrationAwareService: void rollbackMigration(PartitionMigrationEvent)
            HandoverService: com.hazelcast.internal.partition.PartitionMigrationEvent: MigrationEndpoint getMigrationEndpoint()
            HandoverService: com.hazelcast.internal.partition.PartitionMigrationEvent: int getCurrentReplicaIndex()
            HandoverService: com.hazelcast.internal.partition.PartitionMigrationEvent: int getNewReplicaIndex()
            HandoverService: com.hazelcast.internal.partition.PartitionMigrationEvent: int getPartitionId()
            HandoverService: com.hazelcast.internal.partition.MigrationEndpoint: MigrationEndpoint SOURCE
            HandoverService: com.hazelcast.internal.partition.PartitionReplicationEvent
            HandoverService: com.hazelcast.config.ConfigAccessor: ServicesConfig getServicesConfig(Config)
            HandoverService: com.hazelcast.spi.impl.operationservice.Operation
            HazelcastStatics: com.hazelcast.internal.util.Clock: long currentTimeMillis()
            HazelcastStatics: com.hazelcast.internal.util.ClockProperties: String HAZELCAST_CLOCK_IMPL
            HazelcastStatics: com.hazelcast.internal.util.ClockProperties: String HAZELCAST_CLOCK_OFFSET
            SteadyHazelcastClock: com.hazelcast.internal.util.Clock$ClockImpl: ClockImpl()
            SteadyHazelcastClock: com.hazelcast.internal.util.Clock$ClockImpl: long currentTimeMillis()
            """;

    private static final Pattern INTERNAL = Pattern.compile(
            "import (com\\.hazelcast\\.(?:internal|instance|client\\.impl|spi\\.(?:impl|properties))\\.[\\w.]+);");

    static Stream<String> used() {
        return USED.lines();
    }

    @ParameterizedTest
    @MethodSource("used")
    void isThere(String line) throws ClassNotFoundException {
        String[] parts = line.split(": ", 3);
        assertThatCode(() -> Class.forName(parts[1]))
                .as("%s uses %s, which this version of Hazelcast lacks", parts[0], parts[1])
                .doesNotThrowAnyException();
        if (parts.length == 3) {
            assertThat(members(parts[1]))
                    .as("%s uses '%s' of %s, which this version of Hazelcast lacks", parts[0], parts[2], parts[1])
                    .contains(parts[2]);
        }
    }

    /** What is imported is in the table. */
    @Test
    void nothingElseIsUsed() throws IOException {
        Set<String> imported = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path each :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                INTERNAL.matcher(Files.readString(each))
                        .results()
                        .map(match -> match.group(1))
                        .forEach(imported::add);
            }
        }
        Set<String> listed = used().map(line -> line.split(": ", 3)[1]).collect(toCollection(TreeSet::new));

        assertThat(imported).isNotEmpty();
        assertThat(listed).as("internals of Hazelcast in the table above").containsAll(imported);
    }

    @Test
    void anotherVersionIsRefusedBeforeAnythingIsTried() {
        assertThatCode(() -> MemberContext.requireVersion("5.7.0")).doesNotThrowAnyException();
        assertThatThrownBy(() -> MemberContext.requireVersion("5.8.0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this version of Flotilla needs Hazelcast 5.7.0 exactly, and found 5.8.0 on the class path;"
                        + " let your build take the version that Flotilla asks for");
    }

    /** What others can use or override of a class, as in the table: types by their simple names. */
    private static List<String> members(String type) throws ClassNotFoundException {
        List<String> members = new ArrayList<>();
        collect(Class.forName(type), members);
        for (Constructor<?> each : Class.forName(type).getDeclaredConstructors()) {
            if (isOpen(each)) {
                members.add(each.getDeclaringClass().getSimpleName() + parameters(each.getParameterTypes()));
            }
        }
        return members;
    }

    private static void collect(Class<?> type, List<String> members) {
        for (Method each : type.getDeclaredMethods()) {
            if (isOpen(each)) {
                members.add(each.getReturnType().getSimpleName() + " " + each.getName()
                        + parameters(each.getParameterTypes()));
            }
        }
        for (Field each : type.getDeclaredFields()) {
            if (isOpen(each)) {
                members.add(each.getType().getSimpleName() + " " + each.getName());
            }
        }
        if (type.getSuperclass() != null) {
            collect(type.getSuperclass(), members);
        }
        for (Class<?> each : type.getInterfaces()) {
            collect(each, members);
        }
    }

    private static boolean isOpen(Member member) {
        return (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static String parameters(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getSimpleName).collect(joining(", ", "(", ")"));
    }
}
