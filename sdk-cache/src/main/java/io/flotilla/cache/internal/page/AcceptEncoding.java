package io.flotilla.cache.internal.page;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The codings that a client understands (RFC 9110, section 12.5.3).
 *
 * @param codings those that it does not refuse, in lower case
 * @param refused those that it does
 */
record AcceptEncoding(Set<String> codings, Set<String> refused) {
    private static final Pattern ZERO = Pattern.compile("(?i)q\\s*=\\s*0(\\.0{0,3})?");

    static AcceptEncoding of(Collection<String> values) {
        Set<String> codings = new LinkedHashSet<>();
        Set<String> refused = new LinkedHashSet<>();
        for (String value : values) {
            for (String each : value.split(",", -1)) {
                String[] parts = each.split(";", -1);
                String coding = parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT);
                if (!coding.isEmpty()) {
                    (isZero(parts) ? refused : codings).add(coding);
                }
            }
        }
        return new AcceptEncoding(codings, refused);
    }

    private static boolean isZero(String[] parts) {
        return parts.length > 1 && ZERO.matcher(parts[1].strip()).matches();
    }

    boolean gzip() {
        return codings.contains("gzip")
                || codings.contains("x-gzip")
                || (codings.contains("*") && !refused.contains("gzip"));
    }
}
