package io.flotilla.storage.internal;

/**
 * For a sweep of all that is old enough: nothing is used by anybody, and every deleted name may be forgotten.
 *
 * @param now the time of the sweep, in milliseconds since 1970
 */
public record NothingLives(long now) implements Backend.Living {
    @Override
    public LongSet blobs() {
        return new LongSet();
    }

    @Override
    public void found(Reference latest) {}

    @Override
    public boolean forget(Reference deleted) {
        return true;
    }
}
