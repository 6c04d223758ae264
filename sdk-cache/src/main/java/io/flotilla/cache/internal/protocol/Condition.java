package io.flotilla.cache.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * On what a put depends. Only fresh values count as present.
 *
 * @param version the version that the present value must have, or may have, depending on the kind; 0 for none
 */
public record Condition(Kind kind, long version) {

    /** Kinds of conditions. Their order is part of the wire format. */
    public enum Kind {
        /** None. */
        ANY,
        /** There is no value, or that version, which the writer knows to be void. */
        ABSENT,
        /** There is a value, which is not that version. */
        PRESENT,
        /** The value is of that version. */
        VERSION
    }

    /** A put that always takes place. */
    public static final Condition NONE = new Condition(Kind.ANY, 0);

    /** Whether a put may take place. */
    public boolean holds(@Nullable Row<?> row, long now) {
        boolean present = row != null && row.isFresh(now);
        boolean same = row != null && present && row.version() == version;
        return switch (kind) {
            case ANY -> true;
            case ABSENT -> !present || same;
            case PRESENT -> present && !same;
            case VERSION -> same;
        };
    }
}
