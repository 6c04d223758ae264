package io.flotilla.sessions.internal.graph;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Types whose objects cannot change, so that a request that has got one need not be checked for changes inside. */
public final class Immutables {
    private static final Set<Class<?>> KNOWN = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Locale.class);

    private Immutables() {}

    /** Whether one immutable object is stored as another object is. Equality alone does not tell. */
    static boolean isSame(Object immutable, Object other) {
        return immutable.getClass().equals(other.getClass())
                && immutable.equals(other)
                && (!(immutable instanceof URI) || immutable.toString().equals(other.toString()));
    }

    public static boolean isImmutable(Object value) {
        Class<?> type = value.getClass();
        // An array's package is that of its elements. A clock may stand on one of the application's.
        boolean isTime = type.getPackageName().equals("java.time") && !type.isArray() && !(value instanceof Clock);
        return KNOWN.contains(type) || value instanceof Enum<?> || isTime;
    }
}
