package io.flotilla.sessions.internal.codec;

import io.flotilla.sessions.UnreadablePolicy;
import io.flotilla.spi.Seldom;
import io.flotilla.spi.codec.CodecSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Codecs for tests that need one and do not care which. */
public final class TestCodecs {
    /** The module's defaults. */
    public static final CodecSettings DEFAULTS = CodecSettings.defaults("sessions");

    /** Does nothing but leave out what cannot be read. */
    public static final Quarantine QUARANTINE = quarantine();

    private TestCodecs() {}

    /** With the module's defaults. */
    public static AttributeCodec of(@Nullable ClassLoader loader) {
        return of(DEFAULTS, loader);
    }

    public static AttributeCodec of(CodecSettings settings, @Nullable ClassLoader loader) {
        return new AttributeCodec(settings, loader, QUARANTINE);
    }

    private static Quarantine quarantine() {
        Seldom never = new Seldom(Duration.ofMinutes(1), () -> 0);
        never.now();
        return new Quarantine(UnreadablePolicy.leaveOut(), reason -> {}, never);
    }
}
