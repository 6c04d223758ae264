package io.flotilla;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import java.util.function.Function;

/** The test kit's bridge to the one package-private seam of {@link ClusterBuilder}. Not for use elsewhere. */
public final class TestMembers {
    private TestMembers() {}

    /**
     * Makes a builder take its Hazelcast member from a factory instead of starting one with sockets.
     *
     * @param builder the builder
     * @param factory makes a member of a configuration
     * @return the same builder
     */
    public static ClusterBuilder from(ClusterBuilder builder, Function<Config, HazelcastInstance> factory) {
        return builder.memberFactory(factory);
    }
}
