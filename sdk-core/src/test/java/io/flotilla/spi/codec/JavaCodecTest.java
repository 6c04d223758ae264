package io.flotilla.spi.codec;

import io.flotilla.codec.ValueCodec;
import io.flotilla.testkit.ValueCodecContract;

final class JavaCodecTest extends ValueCodecContract {
    @Override
    protected ValueCodec codec() {
        return JavaCodec.INSTANCE;
    }
}
