package org.example.outside;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;

/** A class outside of what members accept from each other, whose deserialization has an effect. */
public final class Gadget implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether the gadget has run. */
    public static final AtomicBoolean RAN = new AtomicBoolean();

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        RAN.set(true);
    }
}
