package io.flotilla.health.internal.forwarded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Forwarded}: RFC 7239, 4. */
final class ForwardedHeader {
    static final String NAME = "Forwarded";

    private static final int LONGEST = 4096;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern PAIR =
            Pattern.compile("\\G(" + TOKEN + ")=(?:(" + TOKEN + ")|\"((?:[^\"\\\\]++|\\\\.)*+)\")");
    private static final Pattern GAP = Pattern.compile("\\G[ \\t]*([;,]|$)[ \\t]*");
    private static final Pattern EMPTY = Pattern.compile("\\G[ \\t,;]*");

    private ForwardedHeader() {}

    /**
     * The hops, the client's first.
     *
     * @param value all lines of the header, joined by commas
     * @throws Malformed if it is longer than 4096 characters, does not follow the grammar, or an element has a parameter twice
     */
    static List<Hop> hops(String value) throws Malformed {
        if (value.length() > LONGEST) {
            throw new Malformed("Forwarded is longer than " + LONGEST + " characters");
        }
        List<Hop> hops = new ArrayList<>();
        Map<String, String> element = new HashMap<>();
        Matcher matcher = PAIR.matcher(value);
        int at = after(EMPTY, matcher, 0);
        while (at < value.length()) {
            matcher.usePattern(PAIR);
            if (!matcher.find(at)) {
                throw new Malformed("Forwarded has no pair of a name and a value where one is due");
            }
            if (element.put(matcher.group(1).toLowerCase(Locale.ROOT), value(matcher)) != null) {
                throw new Malformed("Forwarded has a parameter twice in one element");
            }
            at = matcher.end();
            matcher.usePattern(GAP);
            if (!matcher.find(at)) {
                throw new Malformed("Forwarded has something else than ; or , after a value");
            }
            at = matcher.end();
            if (!";".equals(matcher.group(1))) {
                hops.add(hop(element));
                element.clear();
                at = after(EMPTY, matcher, at);
            }
        }
        if (!element.isEmpty()) {
            hops.add(hop(element));
        }
        return hops;
    }

    private static int after(Pattern pattern, Matcher matcher, int at) {
        matcher.usePattern(pattern);
        return matcher.find(at) ? matcher.end() : at;
    }

    private static String value(Matcher pair) {
        String token = pair.group(2);
        return token != null ? token : pair.group(3).replaceAll("\\\\(.)", "$1");
    }

    private static Hop hop(Map<String, String> element) {
        return Hop.of(element.get("for"), element.get("proto"), Host.parse(element.get("host")));
    }
}
