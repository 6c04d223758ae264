package io.flotilla.spi;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;

/**
 * The name that a member's user gave to it, as every member of the cluster can read it.
 *
 * @since 0.1
 */
public final class NodeName {
    private static final String ATTRIBUTE = "flotilla.node";

    private NodeName() {}

    /**
     * Puts the name into a configuration; called by core.
     *
     * @param member the configuration under construction
     * @param name the name
     */
    public static void install(Config member, String name) {
        member.getMemberAttributeConfig().setAttribute(ATTRIBUTE, name);
    }

    /**
     * Returns the name of a member.
     *
     * @param member any member of the cluster
     * @return its name, or its address as {@code host:port} if it has none since it runs without Flotilla
     */
    public static String of(Member member) {
        String name = member.getAttribute(ATTRIBUTE);
        return name != null
                ? name
                : member.getAddress().getHost() + ":" + member.getAddress().getPort();
    }
}
