package io.flotilla.cache.internal.protocol;

import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The values that one member has near, and the rule for what gets in. Thread-safe.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class FirstTier<K, V> implements ChangedKeys<K> {
    private final ConcurrentMap<K, NearValue<K, V>> values;

    /** @param values where the values are, bounded by whoever gives it: it may drop any at any time */
    public FirstTier(ConcurrentMap<K, NearValue<K, V>> values) {
        this.values = values;
    }

    /** What is near of a key, good or not: {@link NearValue#worth} says. */
    public @Nullable NearValue<K, V> get(K key) {
        return values.get(key);
    }

    /**
     * Takes an owner's answer in, if that can still be what the key has.
     *
     * @param views where the position of the answer is looked up
     * @param askedAt when this member asked: durations count from then
     */
    public void install(K key, int partition, Answer<V> answer, StreamViews<K> views, long askedAt, long now) {
        V value = answer.value();
        if (value != null) {
            Content<V> content = new Content<>(value, answer.freshFor(), answer.usableFor());
            install(key, partition, content, answer.version(), answer.position(), views, askedAt, now);
        }
    }

    /** Takes a value in that this member has put or filled. */
    public void stored(
            K key, int partition, Content<V> content, Written written, StreamViews<K> views, long askedAt, long now) {
        install(key, partition, content, written.version(), written.position(), views, askedAt, now);
    }

    /** This member has changed a key: nobody here may see what was before. */
    public void changed(K key, int partition, Position change, StreamViews<K> views, long now) {
        views.changed(partition, key, change, now);
        values.remove(key); // perhaps what was put since; then it is a miss
    }

    @Override
    public void changed(K key, UUID owner, long number) {
        values.computeIfPresent(key, (k, present) -> present.precedes(owner, number) ? null : present);
    }

    /** A change of the key may or may not have taken place. */
    public void doubt(K key) {
        values.remove(key);
    }

    private void install(
            K key,
            int partition,
            Content<V> content,
            long version,
            Position position,
            StreamViews<K> views,
            long askedAt,
            long now) {
        StreamView<K> view = views.of(position.stream());
        if (view == null || !views.speaksFor(partition, position.stream(), askedAt, now)) {
            return;
        }
        NearValue<K, V> coming = new NearValue<>(
                view,
                partition,
                position.number(),
                version,
                content.value(),
                askedAt + TimeUnit.MILLISECONDS.toNanos(content.freshFor()),
                askedAt + TimeUnit.MILLISECONDS.toNanos(content.usableFor()));
        // The floor is looked up under the key's lock, under which a change that raises it removes the value.
        values.compute(key, (k, present) -> isTaken(k, coming, present, now) ? coming : present);
    }

    private boolean isTaken(K key, NearValue<K, V> coming, @Nullable NearValue<K, V> present, long now) {
        return coming.view().allows(coming.partition(), key, coming.number())
                && (present == null || !present.outranks(coming, now));
    }
}
