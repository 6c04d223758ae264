package io.flotilla.samples.farm;

import java.util.List;

/**
 * Where a node runs.
 *
 * @param launcher the words before the node's own command, such as {@code ip netns exec NAME}; mostly none
 * @param host the address on which it listens
 * @param httpPort for browsers and balancers
 * @param memberPort for the other nodes
 */
record Place(List<String> launcher, String host, int httpPort, int memberPort) {

    /** On this machine, as it is. */
    static Place here(int httpPort, int memberPort) {
        return new Place(List.of(), "127.0.0.1", httpPort, memberPort);
    }

    String member() {
        return host + ":" + memberPort;
    }
}
