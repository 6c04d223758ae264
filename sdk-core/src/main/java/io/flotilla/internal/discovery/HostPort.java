package io.flotilla.internal.discovery;

import com.hazelcast.cluster.Address;
import io.flotilla.spi.Check;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address as users write it, {@code host:port}. */
record HostPort(String host, int port) {
    private static final Pattern SHAPE =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+(?:%[^\\[\\]\\s]+)?)]|([^:\\[\\]\\s]+)):(\\d{1,5})");

    static HostPort parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        Check.that(matcher.matches(), "cluster.discovery must hold addresses of the form host:port, was %s", text);
        int port = Integer.parseInt(matcher.group(3));
        checkPort(port, text);
        return new HostPort(matcher.group(1) != null ? matcher.group(1) : matcher.group(2), port);
    }

    static void checkPort(int port, Object was) {
        Check.that(port >= 1 && port <= 65_535, "cluster.discovery must hold ports from 1 to 65535, was %s", was);
    }

    /** All addresses of the host, so that a name with several records reaches every member behind it. */
    List<Address> resolve(Resolver resolver) throws UnknownHostException {
        return Arrays.stream(resolver.resolve(host))
                .map(each -> new Address(each, port))
                .toList();
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
