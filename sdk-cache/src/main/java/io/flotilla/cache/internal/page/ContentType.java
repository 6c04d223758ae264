package io.flotilla.cache.internal.page;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A response's type and encoding, which the Servlet API keeps apart and HTTP in one field.
 *
 * @param type the type without its encoding
 * @param charset the encoding, as the application writes it
 * @param isFixed whether a writer is there, after which the encoding does not change
 */
record ContentType(@Nullable String type, @Nullable String charset, boolean isFixed) {
    static final ContentType NONE = new ContentType(null, null, false);

    private static final Pattern CHARSET = Pattern.compile("(?i)\\s*;\\s*charset\\s*=\\s*\"?([^\\s;\"]+)\"?");

    ContentType withType(@Nullable String field) {
        if (field == null) {
            return new ContentType(null, isFixed ? charset : null, isFixed);
        }
        Matcher matcher = CHARSET.matcher(field);
        if (!matcher.find()) {
            return new ContentType(field.strip(), charset, isFixed);
        }
        String bare = matcher.replaceFirst("").strip();
        return new ContentType(bare, isFixed ? charset : matcher.group(1), isFixed);
    }

    ContentType withCharset(@Nullable String name) {
        return isFixed ? this : new ContentType(type, name, false);
    }

    /** A writer is there. */
    ContentType fixed(String usual) {
        return new ContentType(type, charset == null ? usual : charset, true);
    }

    /** The value of {@code Content-Type}; null if there is no type. */
    @Nullable
    String field() {
        return type == null || charset == null ? type : type + ";charset=" + charset;
    }

    /** Whether it is worth compressing. */
    boolean isCompressible() {
        if (type == null) {
            return false;
        }
        String name = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return name.startsWith("text/")
                || name.endsWith("+xml")
                || name.endsWith("+json")
                || name.endsWith("/xml")
                || name.endsWith("/json")
                || name.endsWith("/javascript");
    }
}
