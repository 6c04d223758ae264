package io.flotilla.storage.internal.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Range header asks for (RFC 9110, 14).
 *
 * @param wanted the ranges that there are; none, together with {@code satisfiable}, for the whole content
 * @param satisfiable false if none of the ranges is there
 */
record ByteRanges(List<ByteRange> wanted, boolean satisfiable) {
    /** More than this, or more bytes than there are, serves nobody but an attacker. */
    private static final int MOST = 16;

    private static final Pattern UNIT = Pattern.compile("(?i)bytes=(.*)");
    private static final Pattern RANGE = Pattern.compile("([0-9]*)-([0-9]*)");

    static final ByteRanges WHOLE = new ByteRanges(List.of(), true);
    private static final ByteRanges UNSATISFIABLE = new ByteRanges(List.of(), false);

    /** Some bytes. */
    record ByteRange(long first, long last) {
        long length() {
            return last - first + 1;
        }

        String contentRange(long size) {
            return "bytes " + first + "-" + last + "/" + size;
        }
    }

    /** Reads a header; one that makes no sense, or asks for too much, asks for the whole content. */
    static ByteRanges parse(@Nullable String header, long size) {
        Matcher unit = UNIT.matcher(header == null ? "" : header.strip());
        if (size == 0 || !unit.matches()) {
            return WHOLE;
        }
        List<ByteRange> wanted = new ArrayList<>();
        int asked = 0;
        long bytes = 0;
        for (String each : unit.group(1).split(",", -1)) {
            Matcher range = RANGE.matcher(each.strip());
            if (each.isBlank()) {
                continue; // an empty element of a list means nothing
            }
            if (++asked > MOST || !range.matches() || !isRange(range.group(1), range.group(2))) {
                return WHOLE;
            }
            ByteRange there = cut(range.group(1), range.group(2), size);
            if (there != null) {
                wanted.add(there);
                bytes += there.length();
            }
        }
        if (asked == 0 || bytes > size) {
            return WHOLE;
        }
        return wanted.isEmpty() ? UNSATISFIABLE : new ByteRanges(List.copyOf(wanted), true);
    }

    private static boolean isRange(String first, String last) {
        if (first.isEmpty()) {
            return !last.isEmpty();
        }
        return last.isEmpty() || number(first) <= number(last);
    }

    private static @Nullable ByteRange cut(String first, String last, long size) {
        if (first.isEmpty()) {
            long suffix = Math.min(number(last), size);
            return suffix == 0 ? null : new ByteRange(size - suffix, size - 1);
        }
        long from = number(first);
        if (from >= size) {
            return null;
        }
        return new ByteRange(from, last.isEmpty() ? size - 1 : Math.min(number(last), size - 1));
    }

    /** A number, or the largest there is. */
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            return Long.MAX_VALUE;
        }
    }
}
