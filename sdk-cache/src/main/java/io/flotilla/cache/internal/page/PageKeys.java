package io.flotilla.cache.internal.page;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The keys of pages (RFC 9111, sections 2 and 4.1). */
final class PageKeys {
    private static final int LONGEST = 1_000;
    private static final char END = '\n'; // in no part of a key: neither a URI nor a field can hold one
    private static final String ACCEPT_ENCODING = "accept-encoding";

    private final PageSettings settings;

    PageKeys(PageSettings settings) {
        this.settings = settings;
    }

    /** The primary key: of what a request with GET for its URI would get. */
    String of(HttpServletRequest request) {
        var partition = settings.partition();
        String part = partition == null ? "" : partition.apply(request);
        String host = settings.anyHost() ? "" : request.getScheme() + "://" + authority(request);
        return of(host, request.getRequestURI(), settings.query().keyOf(request.getQueryString()), part);
    }

    private static String authority(HttpServletRequest request) {
        return request.getServerName().toLowerCase(Locale.ROOT) + ":" + request.getServerPort();
    }

    private static String of(String host, String path, String query, String partition) {
        return shortened(host + path + END + query + END + partition.replace(END, ' '));
    }

    /** The key of one of several variants: the values of the request fields that count belong to it. */
    static String of(String primary, Stored.Variants variants, HttpServletRequest request) {
        StringBuilder values = new StringBuilder();
        for (String name : variants.names()) {
            values.append(END).append(name).append(':').append(normalized(name, request));
        }
        return shortened(primary + END + variants.id() + values);
    }

    private static String normalized(String name, HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(name));
        if (name.equals(ACCEPT_ENCODING)) {
            return String.join(",", new TreeSet<>(AcceptEncoding.of(values).codings()));
        }
        List<String> members = new ArrayList<>();
        for (String each : values) {
            for (String member : each.split(",", -1)) {
                members.add(member.strip().replaceAll("\\s+", " "));
            }
        }
        return String.join(",", members);
    }

    private static String shortened(String key) {
        return key.length() <= LONGEST
                ? key
                : key.substring(0, LONGEST / 2) + END + Digests.hex(key.getBytes(StandardCharsets.UTF_8));
    }
}
