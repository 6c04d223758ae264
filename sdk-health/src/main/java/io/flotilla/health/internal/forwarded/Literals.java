package io.flotilla.health.internal.forwarded;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses as they are written; never looks up a name. */
final class Literals {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    /** What the JDK takes for an address, or for a mistake, but never for a name. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private static final int LONGEST = 45;

    private Literals() {}

    /** The address; null if this is none. IPv4 in IPv6 is IPv4. */
    static @Nullable InetAddress address(String text) {
        boolean numeric = text.length() <= LONGEST
                && (IPV4.matcher(text).matches() || IPV6.matcher(text).matches());
        try {
            return numeric ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException malformed) {
            return null;
        }
    }
}
