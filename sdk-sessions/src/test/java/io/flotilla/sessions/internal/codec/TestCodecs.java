package io.flotilla.sessions.internal.codec;

import io.flotilla.spi.Seldom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Codecs for tests that need one and do not care which. */
public final class TestCodecs {
    /** Does nothing but leave out what cannot be read. */
    public static final Quarantine QUARANTINE = quarantine(CodecConfig.DEFAULT);

    private TestCodecs() {}

    /** With the module's defaults. */
    public static AttributeCodec of(@Nullable ClassLoader loader) {
        return of(CodecConfig.DEFAULT, loader);
    }

    public static AttributeCodec of(CodecConfig config, @Nullable ClassLoader loader) {
        return new AttributeCodec(config, loader, quarantine(config));
    }

    private static Quarantine quarantine(CodecConfig config) {
        Seldom never = new Seldom(Duration.ofMinutes(1), () -> 0);
        never.now();
        return new Quarantine(config.onUnreadable(), reason -> {}, never);
    }
}
