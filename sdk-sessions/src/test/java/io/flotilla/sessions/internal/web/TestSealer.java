package io.flotilla.sessions.internal.web;

import io.flotilla.spi.Sealer;
import java.util.Arrays;
import java.util.Optional;

/** Seals by adding a byte, so that what was sealed here can be told from what was not. */
public enum TestSealer implements Sealer {
    INSTANCE;

    @Override
    public byte[] seal(byte[] plain) {
        byte[] sealed = Arrays.copyOf(plain, plain.length + 1);
        sealed[plain.length] = 'S';
        return sealed;
    }

    @Override
    public Optional<byte[]> open(byte[] sealed) {
        boolean ours = sealed.length > 0 && sealed[sealed.length - 1] == 'S';
        return ours ? Optional.of(Arrays.copyOf(sealed, sealed.length - 1)) : Optional.empty();
    }
}
