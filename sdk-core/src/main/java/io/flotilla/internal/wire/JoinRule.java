package io.flotilla.internal.wire;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import io.flotilla.spi.NodeName;
import java.util.Collection;
import java.util.Map;

/** Keeps out whoever has no level of the wire format in common with each member: it would fail at the first message. */
public final class JoinRule {
    private JoinRule() {}

    /**
     * Checks a newcomer.
     *
     * @throws IllegalStateException if it must not join, with a message for the operators of both sides
     */
    public static void check(Address newcomer, Map<String, String> attributes, Collection<Member> members) {
        WireLevels its = WireLevels.of(attributes);
        if (its == null) {
            return;
        }
        for (Member each : members) {
            WireLevels here = WireLevels.of(each.getAttributes());
            if (here != null && !here.overlap(its)) {
                throw new IllegalStateException("the node at " + newcomer.getHost() + ":" + newcomer.getPort()
                        + " runs a release of Flotilla of wire " + its + ", node '" + NodeName.of(each)
                        + "' of this cluster one of wire " + here + "; these cannot be in one cluster. Go by way of a"
                        + " release that speaks levels of both, or stop all nodes and start them with one release");
            }
        }
    }
}
