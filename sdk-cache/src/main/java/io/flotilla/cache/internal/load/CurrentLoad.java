package io.flotilla.cache.internal.load;

import static java.util.Objects.requireNonNull;

import io.flotilla.cache.Load;
import io.flotilla.spi.Check;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a loader has said of its value. */
final class CurrentLoad<V> implements Load<V> {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int LONGEST_VALIDATOR = 1_000;

    private final @Nullable V previous;
    private final @Nullable String previousValidator;
    private final Set<String> tags = new TreeSet<>();
    private @Nullable Duration ttl;
    private @Nullable String validator;
    private boolean stored = true;

    CurrentLoad(@Nullable V previous, @Nullable String previousValidator) {
        this.previous = previous;
        this.previousValidator = previousValidator;
    }

    @Override
    public void ttl(Duration ttl) {
        Check.between("cache.load.ttl", ttl, SHORTEST, LONGEST);
        this.ttl = ttl;
    }

    @Override
    public void tags(String... more) {
        tags.addAll(List.of(more));
        Tags.checked(tags);
    }

    @Override
    public void doNotStore() {
        stored = false;
    }

    @Override
    public Optional<V> previous() {
        return Optional.ofNullable(previous);
    }

    @Override
    public Optional<String> validator() {
        return Optional.ofNullable(previousValidator);
    }

    @Override
    public void validator(String validator) {
        requireNonNull(validator, "validator");
        Check.that(
                validator.length() <= LONGEST_VALIDATOR,
                "cache.load.validator must have at most %d characters, was one of %d",
                LONGEST_VALIDATOR,
                validator.length());
        this.validator = validator;
    }

    @Nullable
    Duration ttl() {
        return ttl;
    }

    Set<String> tags() {
        return tags;
    }

    @Nullable
    String newValidator() {
        return validator;
    }

    boolean isStored() {
        return stored;
    }
}
