package io.flotilla.health.internal.forwarded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code X-Forwarded-*}, which nobody has specified: each balancer adds to the list of addresses, and adds to or replaces
 * what the others say. So a list as long as that of addresses belongs to it item by item; of any other the last item
 * counts, the nearest balancer's.
 */
final class XForwardedHeaders {
    static final String FOR = "X-Forwarded-For";
    static final String PROTO = "X-Forwarded-Proto";
    static final String HOST = "X-Forwarded-Host";
    static final String PORT = "X-Forwarded-Port";
    static final Set<String> NAMES = Set.of(FOR, PROTO, HOST, PORT);

    private final List<String> addresses;
    private final List<String> schemes;
    private final List<String> hosts;
    private final List<String> ports;

    XForwardedHeaders(String addresses, String schemes, String hosts, String ports) {
        this.addresses = items(addresses);
        this.schemes = items(schemes);
        this.hosts = items(hosts);
        this.ports = items(ports);
    }

    private static List<String> items(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** The hops, the client's first. */
    List<Hop> hops() {
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            hops.add(Hop.of(addresses.get(i), item(schemes, i), host(i)));
        }
        if (hops.isEmpty() && !(schemes.isEmpty() && hosts.isEmpty() && ports.isEmpty())) {
            hops.add(Hop.of(null, item(schemes, 0), host(0)));
        }
        return hops;
    }

    private @Nullable Host host(int hop) {
        Host host = Host.parse(item(hosts, hop));
        int port = Host.port(item(ports, hop));
        return host == null || port == 0 ? host : host.withPort(port);
    }

    private @Nullable String item(List<String> items, int hop) {
        if (items.isEmpty()) {
            return null;
        }
        return items.get(items.size() == addresses.size() ? hop : items.size() - 1);
    }
}
