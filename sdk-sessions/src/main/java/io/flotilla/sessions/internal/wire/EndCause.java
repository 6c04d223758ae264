package io.flotilla.sessions.internal.wire;

import java.io.IOException;

/** Why a session ended without a request of its own. The codes are part of the wire format. */
public enum EndCause {
    /** Its timeout or its lifetime has passed. */
    EXPIRED(1),
    /** Somebody else ended it: an operator, or a later session of a principal that had too many. */
    ENDED(2);

    private final byte code;

    EndCause(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    static EndCause of(byte code) throws IOException {
        return Codes.of(values(), code, EndCause::code);
    }
}
