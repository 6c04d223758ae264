package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * What a path below {@code /api/cache/} speaks of.
 *
 * @param key empty where the path is about a region
 */
record CachePath(Kind kind, String region, String key) {

    /** The shapes of such paths. */
    enum Kind {
        REGION,
        ENTRY,
        LOAD,
        LOADS,
        INCREMENT,
        NOTHING
    }

    static CachePath of(HttpServletRequest request) {
        String rest = request.getPathInfo();
        List<String> parts =
                rest == null ? List.of() : List.of(rest.substring(1).split("/", -1));
        return parts.contains("") ? nothing() : of(parts);
    }

    private static CachePath of(List<String> parts) {
        return switch (parts.size()) {
            case 1 -> new CachePath(Kind.REGION, parts.get(0), "");
            case 2 -> new CachePath(Kind.ENTRY, parts.get(0), parts.get(1));
            case 3 -> of(parts.get(0), parts.get(1), parts.get(2));
            default -> nothing();
        };
    }

    private static CachePath of(String region, String second, String third) {
        if (second.equals("loads")) {
            return new CachePath(Kind.LOADS, region, third);
        }
        return switch (third) {
            case "load" -> new CachePath(Kind.LOAD, region, second);
            case "increment" -> new CachePath(Kind.INCREMENT, region, second);
            default -> nothing();
        };
    }

    private static CachePath nothing() {
        return new CachePath(Kind.NOTHING, "", "");
    }
}
