package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** What a container's own classes say about themselves, without a dependency on any of them. */
final class Reflected {
    private Reflected() {}

    /** Calls a public method that takes nothing and returns something. */
    static Object call(Object target, String name) throws ReflectiveOperationException {
        return requireNonNull(get(target, name), name);
    }

    /** Calls a public method that takes nothing and may return nothing. */
    static @Nullable Object get(Object target, String name) throws ReflectiveOperationException {
        Method method = target.getClass().getMethod(name);
        if (!method.canAccess(target)) {
            method.setAccessible(true); // public, in a class that is not
        }
        try {
            return method.invoke(target);
        } catch (InvocationTargetException failure) {
            throw new ReflectiveOperationException(name + " failed", failure.getCause());
        }
    }

    /** Reads a private field. */
    static Object field(Object target, String name) throws ReflectiveOperationException {
        Field field = target.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return requireNonNull(field.get(target), name);
    }

    /** Whether an object's class, or one that it extends, has this name. */
    static boolean isA(Object object, String className) {
        for (Class<?> each = object.getClass(); each != null; each = each.getSuperclass()) {
            if (each.getName().equals(className)) {
                return true;
            }
        }
        return false;
    }
}
