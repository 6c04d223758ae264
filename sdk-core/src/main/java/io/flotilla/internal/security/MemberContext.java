package io.flotilla.internal.security;

import com.hazelcast.client.impl.ClientEngine;
import com.hazelcast.client.impl.NoOpClientEngine;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.BuildInfoProvider;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.cluster.Joiner;
import com.hazelcast.internal.cluster.impl.DiscoveryJoiner;
import com.hazelcast.internal.cluster.impl.JoinMessage;
import com.hazelcast.internal.cluster.impl.JoinRequest;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.server.ServerContext;
import io.flotilla.ClusterStartException;
import io.flotilla.internal.wire.JoinRule;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts a Hazelcast member with a pipeline and a joiner of our own and without a side for clients. */
public final class MemberContext extends DefaultNodeContext {
    /** The version whose internals are used here; others may lack them, or change what they mean. */
    public static final String HAZELCAST = "5.7.0";

    private final @Nullable MemberSecurity security;
    private final StartRefusal refusal = new StartRefusal();

    private MemberContext(@Nullable MemberSecurity security) {
        this.security = security;
    }

    /**
     * Starts and joins.
     *
     * @param security null for a member without protection
     * @throws IllegalStateException if another version of Hazelcast is on the class path
     * @throws ClusterStartException if the cluster refuses this member
     */
    public static HazelcastInstance start(Config config, @Nullable MemberSecurity security) {
        requireVersion(BuildInfoProvider.getBuildInfo().getVersion());
        MemberContext context = new MemberContext(security);
        try {
            return HazelcastInstanceFactory.newHazelcastInstance(config, config.getInstanceName(), context);
        } catch (RuntimeException failure) {
            String reason = context.refusal.reason();
            throw reason == null
                    ? failure
                    : new ClusterStartException(
                            "cluster '" + config.getClusterName() + "' did not let this node in: " + reason, failure);
        }
    }

    static void requireVersion(String found) {
        if (!HAZELCAST.equals(found)) {
            throw new IllegalStateException(
                    "this version of Flotilla needs Hazelcast " + HAZELCAST + " exactly, and found " + found
                            + " on the class path; let your build take the version that Flotilla asks for");
        }
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new Extension(node);
    }

    @Override
    public Joiner createJoiner(Node node) {
        Joiner joiner = super.createJoiner(node);
        return security != null && joiner instanceof DiscoveryJoiner ? new FailClosedJoiner(node, security) : joiner;
    }

    private final class Extension extends DefaultNodeExtension {
        Extension(Node node) {
            super(node);
            refusal.listen(node.loggingService);
        }

        /** Asked on the oldest member. Two sides of a cut that join again are asked when a member joins the other side. */
        @Override
        public void validateJoinRequest(JoinMessage newcomer) {
            super.validateJoinRequest(newcomer);
            if (newcomer instanceof JoinRequest request) {
                JoinRule.check(
                        request.getAddress(),
                        request.getAttributes(),
                        node.getClusterService().getMembers());
            }
        }

        @Override
        public Function<EndpointQualifier, ChannelInitializer> createChannelInitializerFn(ServerContext context) {
            return new MemberPipeline(context, node.getConfig(), security);
        }

        @Override
        public ClientEngine createClientEngine() {
            return new NoOpClientEngine();
        }
    }
}
