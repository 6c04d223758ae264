package io.flotilla.samples.farm;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** What stands in front of the nodes: takes requests in turn to the nodes that are ready, with no stickiness. */
interface Balancer extends AutoCloseable {

    /** Starts a balancer; it has not probed the nodes yet. */
    static Balancer start(BalancerKind kind, int port, List<Node> nodes, Path directory) {
        return kind == BalancerKind.HAPROXY
                ? HaproxyBalancer.start(port, nodes, directory)
                : BuiltinBalancer.start(port, nodes.stream().map(Node::url).toList());
    }

    URI url();

    @Override
    void close();
}
