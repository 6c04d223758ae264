package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * A key of one of all caches.
 *
 * @param cache the cache's name
 * @param key the key as text
 */
public record CacheKey(String cache, String key) {

    void write(ObjectDataOutput out) throws IOException {
        out.writeString(cache);
        out.writeString(key);
    }

    static CacheKey read(ObjectDataInput in) throws IOException {
        return new CacheKey(Fields.text(in), Fields.text(in));
    }
}
