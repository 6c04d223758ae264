package io.flotilla.storage.internal.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entity tags of a header (RFC 9110, 8.8.3 and 13.1).
 *
 * @param any whether the header is {@code *}
 * @param tags each with its quotes, and with {@code W/} before it if it is weak
 */
record EntityTags(boolean any, List<String> tags) {
    private static final Pattern TAG = Pattern.compile("\\s*((?:W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")\\s*(?:,|$)");
    private static final EntityTags NONE = new EntityTags(false, List.of());

    /** Reads a header; one that makes no sense holds no tag. */
    static EntityTags parse(String header) {
        if (header.strip().equals("*")) {
            return new EntityTags(true, List.of());
        }
        List<String> tags = new ArrayList<>();
        Matcher tag = TAG.matcher(header);
        int end = 0;
        while (end < header.length()) {
            if (!tag.find(end) || tag.start() != end) {
                return NONE;
            }
            tags.add(tag.group(1));
            end = tag.end();
        }
        return new EntityTags(false, tags);
    }

    /** Whether one is the very same, strong tag. */
    boolean matchStrongly(String tag) {
        return any || tags.contains(tag);
    }

    /** Whether one is the same tag, weak or not. */
    boolean matchWeakly(String tag) {
        return any || tags.contains(tag) || tags.contains("W/" + tag);
    }
}
