package io.flotilla.health.internal.forwarded;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked for: {@code Host} of RFC 9110, 7.2.
 *
 * @param name a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 1 to 65535; 0 for the scheme's own
 */
record Host(String name, int port) {
    private static final int LAST_PORT = 65_535;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9._~-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{0,5}))?");

    /** The host; null if this is none. */
    static @Nullable Host parse(@Nullable String text) {
        Matcher matcher = FORM.matcher(text == null ? "" : text.strip());
        if (!matcher.matches()) {
            return null;
        }
        String digits = matcher.group(2);
        boolean without = digits == null || digits.isEmpty();
        int port = port(digits);
        return without || port > 0 ? new Host(matcher.group(1), port) : null;
    }

    /** A port as it is written; 0 if this is none. */
    static int port(@Nullable String digits) {
        int port = digits != null && DIGITS.matcher(digits).matches() ? Integer.parseInt(digits) : 0;
        return port <= LAST_PORT ? port : 0;
    }

    Host withPort(int other) {
        return new Host(name, other);
    }

    int portFor(String scheme) {
        if (port > 0) {
            return port;
        }
        return scheme.equals("https") ? 443 : 80;
    }
}
