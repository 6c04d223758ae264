package io.flotilla.sessions.internal.graph;

import java.io.Externalizable;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Objects of the application's own classes, by their fields. A {@code transient} field counts as well, but not what is
 * behind it: whatever is stored of an object follows from the rest.
 */
final class FieldShape implements Shape {
    /** Shows one field of an object. */
    private interface Reader {
        boolean show(Object object, Parts to) throws IllegalAccessException;
    }

    private final Reader[] readers;

    private FieldShape(List<Reader> readers) {
        this.readers = readers.toArray(Reader[]::new);
    }

    /** Null if the state of such objects is not in fields that can be seen, or is not stored field by field. */
    static @Nullable FieldShape of(Class<?> type) {
        if (type.isHidden() || Proxy.isProxyClass(type) || Externalizable.class.isAssignableFrom(type)) {
            return null;
        }
        List<Reader> readers = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            if (writesItself(each) || !addAll(each, readers)) {
                return null;
            }
        }
        return new FieldShape(readers);
    }

    private static boolean writesItself(Class<?> type) {
        return declares(type, "writeReplace")
                || declares(type, "writeObject", ObjectOutputStream.class)
                || Stream.of(type.getDeclaredFields())
                        .anyMatch(each -> each.getName().equals("serialPersistentFields"));
    }

    private static boolean declares(Class<?> type, String name, Class<?>... parameters) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(each -> each.getName().equals(name) && Arrays.equals(each.getParameterTypes(), parameters));
    }

    private static boolean addAll(Class<?> type, List<Reader> readers) {
        for (Field each : type.getDeclaredFields()) {
            if (!Modifier.isStatic(each.getModifiers())) {
                if (!each.trySetAccessible()) {
                    return false;
                }
                readers.add(reader(each));
            }
        }
        return true;
    }

    private static Reader reader(Field field) {
        Class<?> type = field.getType();
        if (type == boolean.class) {
            return (object, to) -> to.bits(field.getBoolean(object) ? 1 : 0);
        }
        if (type == double.class) {
            return (object, to) -> to.bits(Double.doubleToRawLongBits(field.getDouble(object)));
        }
        if (type == float.class) {
            return (object, to) -> to.bits(Float.floatToRawIntBits(field.getFloat(object)));
        }
        if (type == char.class) {
            return (object, to) -> to.bits(field.getChar(object));
        }
        if (type.isPrimitive()) {
            return (object, to) -> to.bits(field.getLong(object));
        }
        return Modifier.isTransient(field.getModifiers())
                ? (object, to) -> to.stranger(field.get(object))
                : (object, to) -> to.child(field.get(object));
    }

    @Override
    public boolean show(Object object, Parts to) {
        try {
            for (Reader each : readers) {
                if (!each.show(object, to)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalAccessException never) {
            throw new IllegalStateException(never); // the fields were made accessible
        }
    }
}
