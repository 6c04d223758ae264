package io.flotilla.spi.codec;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ClassRefusedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one application, where a container would find them: with the application's loader, and if that knows
 * nothing, with the SDK's own. Keeps no class.
 */
record FoundClasses(ClassLoader loader, ClassRules rules) implements ApplicationClasses {
    private static final ClassLoader OWN = FoundClasses.class.getClassLoader();
    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    static FoundClasses of(@Nullable ClassLoader loader, ClassRules rules) {
        return new FoundClasses(loader == null ? OWN : loader, rules);
    }

    @Override
    public boolean allows(String className) {
        return rules.allows(className);
    }

    @Override
    public Class<?> find(String className) throws ClassRefusedException, ClassNotFoundException {
        if (!allows(className)) {
            throw new ClassRefusedException(className);
        }
        Class<?> primitive = PRIMITIVES.get(className);
        if (primitive != null) {
            return primitive;
        }
        try {
            return Class.forName(className, false, loader);
        } catch (ClassNotFoundException missing) {
            return Class.forName(className, false, OWN);
        }
    }
}
