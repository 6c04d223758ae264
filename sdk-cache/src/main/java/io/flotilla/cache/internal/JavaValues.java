package io.flotilla.cache.internal;

import io.flotilla.ClusterDataException;
import io.flotilla.cache.internal.tier.Values;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Java serialization. */
final class JavaValues implements Values {
    @Override
    public byte[] encode(String what, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException failure) {
            throw new ClusterDataException(what + " cannot be serialized", failure);
        }
        return bytes.toByteArray();
    }

    @Override
    public Object decode(String what, byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException failure) {
            throw new ClusterDataException(what + " cannot be read", failure);
        }
    }
}
