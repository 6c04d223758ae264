package io.flotilla.storage.internal;

import io.flotilla.spi.Check;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of one put; all validation is here.
 *
 * @param contentType null for none
 * @param metadata the writer's words
 * @param keepFor null for ever
 * @param ifGeneration null for whatever is there, {@link #ABSENT} for nothing
 */
public record PutRequest(
        @Nullable String contentType,
        Map<String, String> metadata,
        @Nullable Duration keepFor,
        @Nullable Long ifGeneration) {
    /** The generation of what is not there. */
    public static final long ABSENT = 0;

    static final String NO_TYPE = "application/octet-stream";

    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Pattern TYPE = Pattern.compile("[\\x21-\\x7E&&[^/;,]]+/[\\x20-\\x7E&&[^/,]]+");
    private static final Pattern KEY = Pattern.compile("[a-z0-9-]{1,64}");

    public PutRequest {
        Check.that(
                contentType == null
                        || (contentType.length() <= 255
                                && TYPE.matcher(contentType).matches()),
                "storage.contentType must be like image/png, at most 255 visible ASCII characters, was %s",
                Names.shown(contentType));
        if (keepFor != null) {
            Check.between("storage.keepFor", keepFor, Duration.ofSeconds(1), LONGEST);
        }
        Check.that(metadata.size() <= 32, "storage.metadata must have at most 32 words, was %d", metadata.size());
        metadata.forEach(PutRequest::checkWord);
        metadata = Map.copyOf(metadata);
    }

    private static void checkWord(String name, String value) {
        Check.that(
                KEY.matcher(name).matches(),
                "storage.metadata must have names of 1 to 64 lower-case letters, digits and '-', was %s",
                Names.shown(name));
        Check.that(
                value.length() <= 1024 && value.chars().noneMatch(Character::isISOControl),
                "storage.metadata %s must be at most 1,024 characters and none of them a control character,"
                        + " was %d characters long",
                name,
                value.length());
    }

    String contentTypeOrDefault() {
        return contentType == null ? NO_TYPE : contentType;
    }

    long expires(long now) {
        return keepFor == null ? Content.NEVER : now + keepFor.toMillis();
    }
}
