package io.flotilla.spi.codec;

import io.flotilla.codec.ClassRefusedException;
import io.flotilla.codec.ValueCodec;
import io.flotilla.spi.Check;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a module's values are written and read: its settings {@code codec}, {@code alsoReads} and {@code allowClasses}; all
 * validation is here. Immutable.
 *
 * @param module what stands before these settings' names in messages, such as {@code sessions}
 * @param codec what new values are written with
 * @param alsoReads codecs of other values that may be stored; Java serialization needs no mention
 * @param allowClasses patterns of the classes that may be read, or none for all but known gadgets
 * @since 0.1
 */
public record CodecSettings(String module, ValueCodec codec, List<ValueCodec> alsoReads, List<String> allowClasses) {

    /**
     * Checks the settings.
     *
     * @param module what stands before their names
     * @param codec what new values are written with
     * @param alsoReads codecs of other values
     * @param allowClasses patterns of classes
     * @throws IllegalArgumentException if a codec's format is not between {@link ValueCodec#FIRST_FREE_FORMAT} and {@link
     *     ValueCodec#LAST_FREE_FORMAT} or that of another codec, or a pattern is none
     */
    public CodecSettings {
        alsoReads = List.copyOf(alsoReads);
        allowClasses = List.copyOf(allowClasses);
        Set<Integer> formats = new HashSet<>();
        formats.add(format(module + ".codec", codec));
        for (ValueCodec each : alsoReads) {
            Check.that(
                    formats.add(format(module + ".alsoReads", each)),
                    "%s.alsoReads must name one codec for each format, was %s with format %d again",
                    module,
                    each,
                    each.format());
        }
        allowClasses.forEach(each -> ClassRules.check(module + ".allowClasses", each));
    }

    /**
     * Returns the defaults: Java serialization of everything but known gadgets.
     *
     * @param module what stands before these settings' names in messages, such as {@code sessions}
     * @return the settings
     */
    public static CodecSettings defaults(String module) {
        return new CodecSettings(module, JavaCodec.INSTANCE, List.of(), List.of());
    }

    private static int format(String setting, ValueCodec codec) {
        int format = codec.format();
        boolean builtIn = codec.equals(JavaCodec.INSTANCE);
        Check.that(
                builtIn || (format > PlainValues.FORMAT && format <= ValueCodec.LAST_FREE_FORMAT),
                "%s must have a format between %d and %d, was %s with format %d",
                setting,
                ValueCodec.FIRST_FREE_FORMAT,
                ValueCodec.LAST_FREE_FORMAT,
                codec,
                format);
        return format;
    }

    /** What to say of a class that is refused. */
    String isRefused(ClassRefusedException refused) {
        return "class " + refused.classname + " is refused; " + module + ".allowClasses says which are not";
    }
}
