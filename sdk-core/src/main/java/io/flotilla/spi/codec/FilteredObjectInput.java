package io.flotilla.spi.codec;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ClassRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects of the classes that an application has and the rules allow. The JVM's own filter (the property {@code
 * jdk.serialFilter}, or a factory) has its say too: what either refuses is refused.
 */
final class FilteredObjectInput extends ObjectInputStream {

    /** Deeper than applications nest, and not yet deep enough to overflow most stacks. */
    private static final int MAX_DEPTH = 2000;

    /**
     * How many elements an array may have for each byte of the value. A true array has at least a byte for each; but a
     * hash map asks for the size of its table, which a small load factor makes many times larger.
     */
    private static final int MAX_ELEMENTS_PER_BYTE = 16;

    private static final int SMALL_ARRAY = 1024;

    private final ApplicationClasses classes;
    private final long maxElements;
    private @Nullable String refused;

    FilteredObjectInput(InputStream in, ApplicationClasses classes, int length) throws IOException {
        super(in);
        this.classes = classes;
        this.maxElements = SMALL_ARRAY + (long) length * MAX_ELEMENTS_PER_BYTE;
        ObjectInputFilter ofJvm = ObjectInputFilter.Config.getSerialFilter();
        ObjectInputFilter both = ofJvm == null ? this::limits : ObjectInputFilter.merge(this::limits, ofJvm);
        setObjectInputFilter(info -> remembered(info, both.checkInput(info)));
    }

    Object readValue() throws IOException, ClassNotFoundException {
        try {
            return readObject();
        } catch (ClassRefusedException byName) {
            throw byName;
        } catch (InvalidClassException invalid) {
            if (refused != null) {
                ClassRefusedException asSuch = new ClassRefusedException(refused);
                asSuch.initCause(invalid);
                throw asSuch;
            }
            throw invalid;
        }
    }

    /** The classes are checked below, before they are loaded. The number of references cannot exceed the bytes. */
    private Status limits(FilterInfo info) {
        boolean tooMuch = info.depth() > MAX_DEPTH || info.arrayLength() > maxElements;
        return tooMuch ? Status.REJECTED : Status.UNDECIDED;
    }

    private Status remembered(FilterInfo info, Status status) {
        if (status.equals(Status.REJECTED)) {
            Class<?> type = info.serialClass();
            refused = type == null ? "unknown" : type.getName();
        }
        return status;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
        return classes.find(description.getName());
    }

    /** As the JDK does it: where an interface is not public, the proxy must be of that interface's loader. */
    @Override
    @SuppressWarnings("deprecation") // the only way to make a proxy class without an instance
    protected Class<?> resolveProxyClass(String[] interfaces) throws IOException, ClassNotFoundException {
        ClassLoader loader = classes.loader();
        Class<?>[] types = new Class<?>[interfaces.length];
        for (int i = 0; i < interfaces.length; i++) {
            types[i] = classes.find(interfaces[i]);
            if (!Modifier.isPublic(types[i].getModifiers())) {
                loader = types[i].getClassLoader();
            }
        }
        try {
            return Proxy.getProxyClass(loader, types);
        } catch (IllegalArgumentException mixed) {
            throw new ClassNotFoundException("a proxy of " + String.join(", ", interfaces), mixed);
        }
    }
}
