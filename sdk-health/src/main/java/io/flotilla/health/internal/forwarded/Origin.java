package io.flotilla.health.internal.forwarded;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, as far as that is known for sure.
 *
 * @param address the client's, or that of the last balancer whose word counts
 * @param port its port; 0 if it is not known
 * @param scheme what the client used; null if nobody has said
 * @param host what the client asked for; null if nobody has said
 */
record Origin(
        InetAddress address,
        int port,
        @Nullable String scheme,
        @Nullable Host host) {}
