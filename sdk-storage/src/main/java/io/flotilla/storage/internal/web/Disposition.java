package io.flotilla.storage.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flotilla.storage.StoredObject;
import io.flotilla.storage.internal.FileTypes;

/** The header that says whether a browser shows or saves an object, and under what name (RFC 6266, 8187). */
final class Disposition {
    private static final String UNRESERVED = "!#$&+-.^_`|~";

    private Disposition() {}

    static String of(StoredObject object) {
        String name = readable(fileName(object));
        String kind = FileTypes.isInline(object.contentType()) ? "inline" : "attachment";
        return kind + "; filename=\"" + ascii(name) + "\"; filename*=UTF-8''" + encoded(name);
    }

    private static String fileName(StoredObject object) {
        String given = object.metadata().get("filename");
        String name = given == null || given.isBlank() ? object.name() : given;
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Without characters that hide what a name really ends in. */
    private static String readable(String name) {
        StringBuilder readable = new StringBuilder();
        name.codePoints()
                .filter(each -> Character.getType(each) != Character.FORMAT && !Character.isISOControl(each))
                .forEach(readable::appendCodePoint);
        return readable.toString();
    }

    private static String ascii(String name) {
        return name.codePoints()
                .map(each -> each < 0x20 || each > 0x7e || each == '"' || each == '\\' || each == '%' ? '_' : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : name.getBytes(UTF_8)) {
            boolean plain = (each >= '0' && each <= '9')
                    || (each >= 'A' && each <= 'Z')
                    || (each >= 'a' && each <= 'z')
                    || UNRESERVED.indexOf(each) >= 0;
            if (plain) {
                encoded.append((char) each);
            } else {
                encoded.append(String.format("%%%02X", each & 0xff));
            }
        }
        return encoded.toString();
    }
}
