package io.flotilla.storage.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flotilla.spi.Check;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names may look like. */
final class Names {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int MOST_BYTES = 1024;

    private Names() {}

    static String namespace(String name) {
        Check.that(
                NAMESPACE.matcher(name).matches(),
                "storage.namespace must be 1 to 63 lower-case letters, digits and '-', was %s",
                shown(name));
        return name;
    }

    static String object(String name) {
        Check.that(
                !name.isEmpty() && name.length() <= MOST_BYTES && name.getBytes(UTF_8).length <= MOST_BYTES,
                "storage.name must be 1 to %d bytes of UTF-8, was %d characters long",
                MOST_BYTES,
                name.length());
        Check.that(
                name.codePoints().allMatch(Names::isAllowed),
                "storage.name must have no control characters, no '\\' and no half characters, was %s",
                shown(name));
        for (String each : List.of(name.split("/", -1))) {
            Check.that(
                    !each.isEmpty() && !each.equals(".") && !each.equals(".."),
                    "storage.name must have no empty part, no '.' and no '..' between slashes, was %s",
                    shown(name));
        }
        return name;
    }

    /** What a listing may ask for: the beginning of a name, or nothing. */
    static String beginning(String prefix, String setting) {
        Check.that(
                prefix.length() <= MOST_BYTES,
                "%s must be at most %d characters, was %d",
                setting,
                MOST_BYTES,
                prefix.length());
        return prefix;
    }

    private static boolean isAllowed(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL && type != Character.SURROGATE && character != '\\';
    }

    /** A value as it may stand in a message: short, and in one line. */
    static @Nullable String shown(@Nullable String value) {
        if (value == null) {
            return null;
        }
        StringBuilder shown = new StringBuilder();
        value.codePoints()
                .limit(100)
                .map(each -> isAllowed(each) || each == '\\' ? each : '?')
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
