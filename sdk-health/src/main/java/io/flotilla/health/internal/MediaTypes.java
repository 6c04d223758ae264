package io.flotilla.health.internal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client asks for in its header Accept. */
final class MediaTypes {
    static final String HEALTH_DRAFT = "application/health+json";

    private MediaTypes() {}

    /** Whether the draft's type is named, and plain JSON not preferred to it; {@code *}{@code /*} does not name it. */
    static boolean prefersHealthDraft(@Nullable String accept) {
        double draft = quality(accept, HEALTH_DRAFT);
        return draft > 0 && draft >= quality(accept, "application/json");
    }

    /** 0 if the type is not named. */
    private static double quality(@Nullable String accept, String type) {
        if (accept == null) {
            return 0;
        }
        for (String each : accept.split(",", -1)) {
            String[] parts = each.split(";", -1);
            if (parts[0].strip().equalsIgnoreCase(type)) {
                return quality(parts);
            }
        }
        return 0;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException garbled) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
