package io.flotilla.spi.codec;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ValueCodec;

/** Java serialization behind a filter: what containers use, and so what every application's values are made for. */
enum JavaCodec implements ValueCodec {
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
