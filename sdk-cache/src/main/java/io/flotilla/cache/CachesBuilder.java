package io.flotilla.cache;

import static java.util.Objects.requireNonNull;

import io.flotilla.cache.internal.CacheConfig;
import io.flotilla.cache.internal.CachesConfig;
import io.flotilla.codec.ValueCodec;
import io.flotilla.spi.Check;
import io.flotilla.spi.codec.CodecSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the cache module: the caches. Not thread-safe.
 *
 * @since 0.1
 */
public final class CachesBuilder {
    private final Map<String, CacheConfig> caches = new LinkedHashMap<>();
    private @Nullable ValueCodec codec;
    private @Nullable List<ValueCodec> alsoReads;
    private @Nullable List<String> allowClasses;

    CachesBuilder() {}

    /**
     * Describes a cache.
     *
     * @param name its name: 1 to 64 letters, digits, {@code -}, {@code _} or {@code .}
     * @param settings changes its settings, which should be the same on all members
     * @return this builder
     * @throws IllegalArgumentException if the name or a setting is out of range
     * @throws IllegalStateException if the cache is described twice
     */
    public CachesBuilder cache(String name, Consumer<CacheBuilder> settings) {
        if (caches.putIfAbsent(name, describe(name, settings)) != null) {
            throw new IllegalStateException("caches.cache '" + name + "' is described twice");
        }
        return this;
    }

    /**
     * How values are turned into bytes that have no compact form of their own. Default: Java serialization. A farm changes
     * it in two rolling restarts: first every node {@linkplain #alsoReads reads} the new format, then every node writes it.
     *
     * @param codec the codec
     * @return this builder
     */
    public CachesBuilder codec(ValueCodec codec) {
        this.codec = Check.once(this.codec, requireNonNull(codec, "codec"), "cache.codec");
        return this;
    }

    /**
     * Codecs of other values that may be stored. Java serialization can always be read.
     *
     * @param codecs the codecs
     * @return this builder
     */
    public CachesBuilder alsoReads(ValueCodec... codecs) {
        this.alsoReads = Check.once(this.alsoReads, List.of(codecs), "cache.alsoReads");
        return this;
    }

    /**
     * Which classes values may be of, beside the plain ones of the JDK: classes ({@code com.shop.Price}), packages
     * ({@code com.shop.*}) or packages with all below them ({@code com.shop.**}). Default: all but those that are known to
     * be dangerous to deserialize.
     *
     * @param patterns the classes
     * @return this builder
     */
    public CachesBuilder allowClasses(String... patterns) {
        this.allowClasses = Check.once(this.allowClasses, List.of(patterns), "cache.allowClasses");
        return this;
    }

    /**
     * The settings of a cache, for the module itself.
     *
     * @param name its name
     * @param settings changes its settings
     * @return the settings
     */
    public static CacheConfig describe(String name, Consumer<CacheBuilder> settings) {
        CacheBuilder builder = new CacheBuilder(requireNonNull(name, "name"));
        settings.accept(builder);
        return builder.build();
    }

    CachesConfig build() {
        CodecSettings defaults = CodecSettings.defaults("cache");
        return new CachesConfig(
                caches,
                new CodecSettings(
                        "cache",
                        Objects.requireNonNullElse(codec, defaults.codec()),
                        Objects.requireNonNullElse(alsoReads, List.of()),
                        Objects.requireNonNullElse(allowClasses, List.of())));
    }
}
