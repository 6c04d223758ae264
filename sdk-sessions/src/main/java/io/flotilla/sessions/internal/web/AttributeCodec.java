package io.flotilla.sessions.internal.web;

import io.flotilla.ClusterDataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import java.util.ConcurrentModificationException;
import org.jspecify.annotations.Nullable;

/**
 * Attribute values to bytes and back, by Java serialization, with the web application's class loader. The first byte names
 * the format, so that others may follow.
 */
final class AttributeCodec {
    private static final byte JAVA = 1;
    private static final int TRIES_WHILE_MODIFIED = 5;

    private final @Nullable ClassLoader loader;

    AttributeCodec(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    byte[] encode(String name, Object value) {
        for (int attempt = 1; ; attempt++) {
            try {
                return write(value);
            } catch (NotSerializableException refused) {
                throw new ClusterDataException(
                        "session attribute '" + name + "' cannot be stored: class " + refused.getMessage()
                                + " is not serializable; implement java.io.Serializable, or make the field that holds it"
                                + " transient",
                        refused);
            } catch (ConcurrentModificationException modified) {
                // Another thread of the application is changing the value just now.
                if (attempt == TRIES_WHILE_MODIFIED) {
                    throw cannot("be stored: it is modified all the time", name, modified);
                }
                Thread.onSpinWait();
            } catch (IOException | RuntimeException failure) {
                throw cannot("be stored: its serialization failed", name, failure);
            }
        }
    }

    private static byte[] write(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        bytes.write(JAVA);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    Object decode(String name, byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != JAVA) {
            throw cannot("be read: it was written in a format that this node does not know", name, null);
        }
        try (ObjectInputStream in = new LoaderInput(new ByteArrayInputStream(bytes, 1, bytes.length - 1), loader)) {
            return in.readObject();
        } catch (ClassNotFoundException missing) {
            throw cannot("be read: class " + missing.getMessage() + " is not in this application", name, missing);
        } catch (IOException | RuntimeException failure) {
            throw cannot("be read: did its class change incompatibly?", name, failure);
        }
    }

    private static ClusterDataException cannot(String what, String name, @Nullable Exception cause) {
        return new ClusterDataException("session attribute '" + name + "' cannot " + what, cause);
    }

    /** Finds classes where the application does. */
    private static final class LoaderInput extends ObjectInputStream {
        private final @Nullable ClassLoader loader;

        LoaderInput(ByteArrayInputStream in, @Nullable ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException primitiveOrMissing) {
                return super.resolveClass(description);
            }
        }

        @Override
        @SuppressWarnings("deprecation") // the only way to make a proxy class without an instance
        protected Class<?> resolveProxyClass(String[] interfaces) throws IOException, ClassNotFoundException {
            Class<?>[] types = new Class<?>[interfaces.length];
            for (int i = 0; i < interfaces.length; i++) {
                types[i] = Class.forName(interfaces[i], false, loader);
            }
            try {
                return Proxy.getProxyClass(loader, types);
            } catch (IllegalArgumentException mixed) {
                throw new ClassNotFoundException("a proxy of " + String.join(", ", interfaces), mixed);
            }
        }
    }
}
