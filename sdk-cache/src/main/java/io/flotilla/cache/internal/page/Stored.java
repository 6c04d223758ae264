package io.flotilla.cache.internal.page;

import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the page cache stores under a key; {@link StoredForm} is what becomes bytes. */
public sealed interface Stored extends Serializable {

    /** A whole response. */
    record Page(int status, String[] fields, Body body, Freshness freshness) implements Stored {
        private Object writeReplace() {
            return new StoredForm(this);
        }
    }

    /**
     * The content of a response.
     *
     * @param bytes the content, compressed if that is worth it
     * @param gzipped whether it was this cache that has compressed it, so that both forms can be served
     * @param length how long it is uncompressed
     * @param etag the entity tag of the uncompressed form; null if there is none
     * @param gzipEtag the entity tag of the compressed form; null if there is none
     */
    record Body(
            byte[] bytes,
            boolean gzipped,
            int length,
            @Nullable String etag,
            @Nullable String gzipEtag) implements Serializable {}

    /**
     * The pages of this key depend on request fields, and are under keys of their own.
     *
     * @param names the fields' names, in lower case and sorted
     * @param id part of their keys: without this they cannot be found any more
     */
    record Variants(String[] names, String id) implements Stored {
        boolean cover(Set<String> fields) {
            return Set.of(names).containsAll(fields);
        }

        private Object writeReplace() {
            return new StoredForm(this);
        }
    }

    /** What came last may not be stored: for a short while nobody waits for another one to load this key. */
    record NotStorable() implements Stored {
        private Object writeReplace() {
            return new StoredForm(this);
        }
    }
}
