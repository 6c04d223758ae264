package io.flotilla.sessions.internal.wire;

import java.io.IOException;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Constants on the wire: one byte each, never the position in the source. */
final class Codes {
    private Codes() {}

    /** The constant with that code. */
    static <E extends Enum<E>> E of(E[] all, byte code, ToIntFunction<E> codes) throws IOException {
        for (E each : all) {
            if (codes.applyAsInt(each) == code) {
                return each;
            }
        }
        String type = all[0].getDeclaringClass().getSimpleName().toLowerCase(Locale.ROOT);
        throw new IOException("an answer with the unknown " + type + " " + code);
    }
}
