package io.flotilla.cache.internal.page;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The directives of {@code Cache-Control} (RFC 9111, section 5.2). Of one that comes twice the first counts. */
final class CacheControl {
    static final String NAME = "Cache-Control";

    /** What stands for "longer than anybody waits" (RFC 9111, section 1.2.2). */
    static final long FOREVER = Integer.MAX_VALUE;

    private static final Pattern DIRECTIVE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]*)))?");
    private static final int MOST_DIGITS = 10;

    private final Map<String, String> directives = new LinkedHashMap<>();

    private CacheControl() {}

    static CacheControl of(Collection<String> values) {
        CacheControl parsed = new CacheControl();
        for (String each : values) {
            Matcher matcher = DIRECTIVE.matcher(each);
            while (matcher.find()) {
                parsed.add(matcher);
            }
        }
        return parsed;
    }

    private void add(Matcher matcher) {
        String quoted = matcher.group(2);
        String token = matcher.group(3);
        String argument = quoted != null ? quoted : token;
        directives.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), argument == null ? "" : argument);
    }

    boolean has(String directive) {
        return directives.containsKey(directive);
    }

    /**
     * The argument of a directive in seconds; empty if the directive is not there. One that is no number is 0: what is not
     * understood must not make anything fresh (RFC 9111, section 4.2.1).
     */
    OptionalLong seconds(String directive) {
        String argument = directives.get(directive);
        return argument == null ? OptionalLong.empty() : OptionalLong.of(deltaSeconds(argument));
    }

    /** Whether a directive is there without an argument. */
    boolean isBare(String directive) {
        return "".equals(directives.get(directive));
    }

    /** A number of seconds; 0 if it is none. */
    static long deltaSeconds(String text) {
        if (text.isEmpty() || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return 0;
        }
        return text.length() > MOST_DIGITS ? FOREVER : Math.min(FOREVER, Long.parseLong(text));
    }
}
