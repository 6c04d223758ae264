package io.flotilla.sessions.internal.codec;

import io.flotilla.sessions.ApplicationClasses;
import io.flotilla.sessions.SessionCodec;

/** Java serialization behind a filter: what containers use, and so what every application's values are made for. */
enum JavaCodec implements SessionCodec {
    INSTANCE;

    static final int FORMAT = 1;

    @Override
    public int format() {
        return FORMAT;
    }

    @Override
    public boolean writesFields() {
        return true;
    }

    @Override
    public Coder forApplication(ApplicationClasses classes) {
        return new JavaCoder(classes);
    }

    @Override
    public String toString() {
        return "Java serialization";
    }
}
