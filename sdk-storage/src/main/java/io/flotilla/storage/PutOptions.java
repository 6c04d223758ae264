package io.flotilla.storage;

import static java.util.Objects.requireNonNull;

import io.flotilla.spi.Check;
import io.flotilla.storage.internal.PutRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to store one object. Making a setting twice is an error. Not thread-safe.
 *
 * @since 0.1
 */
public final class PutOptions {
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private @Nullable String contentType;
    private @Nullable Duration keepFor;
    private @Nullable Long ifGeneration;

    PutOptions() {}

    /**
     * What the bytes are. Default {@code application/octet-stream}; a copy takes it over. Browsers show some types in
     * place and save all others, see the module's README.
     *
     * @param type such as {@code image/png}, at most 255 visible ASCII characters and spaces
     * @return these options
     */
    public PutOptions contentType(String type) {
        contentType = Check.once(contentType, requireNonNull(type, "type"), "storage.contentType");
        return this;
    }

    /**
     * A word of the writer's own, handed out with the object. At most 32 of them.
     *
     * @param name 1 to 64 lower-case letters, digits and {@code -}
     * @param value at most 1,024 characters, no control characters
     * @return these options
     */
    public PutOptions metadata(String name, String value) {
        requireNonNull(value, "value");
        String present = metadata.putIfAbsent(requireNonNull(name, "name"), value);
        if (present != null) {
            throw new IllegalStateException("storage.metadata " + name + " is set twice");
        }
        return this;
    }

    /**
     * After what time the object is gone by itself. Default: it stays; a copy ends when its original does.
     *
     * @param time 1 s to 36,500 d
     * @return these options
     */
    public PutOptions keepFor(Duration time) {
        keepFor = Check.once(keepFor, requireNonNull(time, "time"), "storage.keepFor");
        return this;
    }

    /**
     * Stores the object only if there is none of that name.
     *
     * @return these options
     */
    public PutOptions ifAbsent() {
        return ifGeneration(PutRequest.ABSENT);
    }

    /**
     * Stores the object only if the name stands for that generation.
     *
     * @param generation of {@link StoredObject#generation()}
     * @return these options
     */
    public PutOptions ifGeneration(long generation) {
        ifGeneration = Check.once(ifGeneration, generation, "storage.ifGeneration");
        return this;
    }

    static PutRequest read(Consumer<PutOptions> settings) {
        PutOptions options = new PutOptions();
        settings.accept(options);
        return new PutRequest(options.contentType, options.metadata, options.keepFor, options.ifGeneration);
    }
}
