package io.flotilla.sessions.internal.codec;

import io.flotilla.sessions.SessionCodec;
import io.flotilla.sessions.testkit.SessionCodecContract;

final class JavaCodecTest extends SessionCodecContract {
    @Override
    protected SessionCodec codec() {
        return JavaCodec.INSTANCE;
    }
}
