package io.flotilla.storage.internal;

import java.io.IOException;

/** A write failed at a point where it may have taken effect. */
public final class UncertainException extends IOException {
    private static final long serialVersionUID = 1L;

    public UncertainException(IOException cause) {
        super(cause);
    }
}
