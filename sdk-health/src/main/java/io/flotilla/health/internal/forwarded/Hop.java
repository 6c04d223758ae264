package io.flotilla.health.internal.forwarded;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one balancer says of the request that it took in.
 *
 * @param address who sent it; null if that is not told, or no address
 * @param port that one's port; 0 if it is not told
 * @param scheme http or https; null if it is not told, or none of the two
 * @param host what was asked for; null if it is not told, or no host
 */
record Hop(
        @Nullable InetAddress address,
        int port,
        @Nullable String scheme,
        @Nullable Host host) {

    /** A node by RFC 7239, 6: an address, IPv6 in brackets, and maybe a port. */
    private static final Pattern NODE = Pattern.compile("(?:\\[([^\\[\\]]*)]|([^:\\[\\]]*))(?::([0-9]{1,5}))?");

    static Hop of(@Nullable String node, @Nullable String scheme, @Nullable Host host) {
        Matcher matcher = NODE.matcher(node == null ? "" : node);
        if (matcher.matches()) {
            boolean inBrackets = matcher.group(1) != null;
            String text = inBrackets ? matcher.group(1) : matcher.group(2);
            InetAddress address = Literals.address(text);
            return new Hop(address, address == null ? 0 : Host.port(matcher.group(3)), scheme(scheme), host);
        }
        // Many write IPv6 addresses without brackets in X-Forwarded-For.
        return new Hop(node == null ? null : Literals.address(node), 0, scheme(scheme), host);
    }

    private static @Nullable String scheme(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(each -> each.toLowerCase(Locale.ROOT))
                .filter(each -> each.equals("http") || each.equals("https"))
                .orElse(null);
    }
}
