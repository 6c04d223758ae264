package io.flotilla.sessions.internal.codec;

import io.flotilla.sessions.SessionCodec;
import io.flotilla.sessions.UnreadablePolicy;
import io.flotilla.spi.Check;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How attribute values are written and read; all validation is here.
 *
 * @param codec what new values are written with
 * @param alsoReads codecs of other values that may be stored; Java serialization needs no mention
 * @param allowClasses patterns of the classes that may be read, or none for all but known gadgets
 * @param onUnreadable what becomes of attributes that cannot be read
 */
public record CodecConfig(
        SessionCodec codec, List<SessionCodec> alsoReads, List<String> allowClasses, UnreadablePolicy onUnreadable) {

    /** Java serialization of everything but known gadgets. */
    public static final CodecConfig DEFAULT =
            new CodecConfig(JavaCodec.INSTANCE, List.of(), List.of(), Unreadables.LEAVE_OUT);

    public CodecConfig {
        alsoReads = List.copyOf(alsoReads);
        allowClasses = List.copyOf(allowClasses);
        Set<Integer> formats = new HashSet<>();
        formats.add(format("sessions.codec", codec));
        for (SessionCodec each : alsoReads) {
            Check.that(
                    formats.add(format("sessions.alsoReads", each)),
                    "sessions.alsoReads must name one codec for each format, was %s with format %d again",
                    each,
                    each.format());
        }
        allowClasses.forEach(ClassRules::check);
    }

    private static int format(String setting, SessionCodec codec) {
        int format = codec.format();
        boolean builtIn = codec.equals(JavaCodec.INSTANCE);
        Check.that(
                builtIn || (format > PlainValues.FORMAT && format <= SessionCodec.LAST_FREE_FORMAT),
                "%s must have a format between %d and %d, was %s with format %d",
                setting,
                SessionCodec.FIRST_FREE_FORMAT,
                SessionCodec.LAST_FREE_FORMAT,
                codec,
                format);
        return format;
    }
}
