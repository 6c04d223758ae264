package io.flotilla.cache.internal.page;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.cache.Cache;
import io.flotilla.cache.CacheEntry;
import io.flotilla.cache.CacheLoadException;
import io.flotilla.cache.EntryOptions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pages in a cache. Thread-safe. */
final class Pages {
    private static final Logger log = LoggerFactory.getLogger(Pages.class);

    /** As long as any variant is to be found; its pages have times of their own. */
    private static final Duration VARIANTS = Duration.ofDays(30);

    private final PageTier tier;
    private final PageSettings settings;
    private final PageKeys keys;
    private final Duration patience;
    private final ConcurrentMap<String, Turn> turns = new ConcurrentHashMap<>();

    /**
     * What there is for a request.
     *
     * @param key where its page is, or would be
     * @param stored what is there; null for nothing
     * @param variants what has led there; null for the primary key
     */
    record Place(String primary, String key, @Nullable Stored stored, Stored.@Nullable Variants variants) {}

    /** One thread of this member loads a key, and others wait until it has ended, or there is no point in waiting. */
    final class Turn implements AutoCloseable {
        private final String key;
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        private Turn(String key) {
            this.key = key;
        }

        @Override
        public void close() {
            turns.remove(key, this);
            end.complete(null);
        }
    }

    Pages(PageTier tier, PageSettings settings) {
        this.tier = tier;
        this.settings = settings;
        this.keys = new PageKeys(settings);
        this.patience = tier.config().loading().timeout();
    }

    Cache<String, Stored> cache() {
        return tier.cache();
    }

    String keyOf(HttpServletRequest request) {
        return keys.of(request);
    }

    Place find(String primary, HttpServletRequest request) {
        Stored first = stored(primary);
        if (!(first instanceof Stored.Variants variants)) {
            return new Place(primary, primary, first, null);
        }
        String key = PageKeys.of(primary, variants, request);
        return new Place(primary, key, stored(key), variants);
    }

    private @Nullable Stored stored(String key) {
        try {
            return cache().entry(key).map(CacheEntry::value).orElse(null);
        } catch (ClusterUnavailableException unknown) {
            log.debug("the cluster does not answer; a page is loaded", unknown);
            return null;
        }
    }

    /** A turn to load a key; null if another thread of this member has it. */
    @Nullable
    Turn turn(String key) {
        Turn turn = new Turn(key);
        return turns.putIfAbsent(key, turn) == null ? turn : null;
    }

    /**
     * Waits until a turn ends.
     *
     * @return false if it took too long
     */
    boolean awaitTurn(String key) {
        Turn present = turns.get(key);
        if (present == null) {
            return true;
        }
        try {
            present.end.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Loads what is not there, when it is this member's turn; nothing if another member has loaded it meanwhile. */
    void load(String key, PageLoad load) {
        try {
            CacheEntry<Stored> unused = cache().entryOrLoad(key, load);
        } catch (CacheLoadException | ClusterUnavailableException failure) {
            log.debug("the cache could not load a page", failure);
        }
    }

    /** Loads what is there anew, if no other member does; nothing otherwise. */
    void refresh(String key, PageLoad load) {
        try {
            boolean unused = tier.refreshing().refresh(key, load);
        } catch (CacheLoadException | ClusterUnavailableException failure) {
            log.debug("the cache could not refresh a page", failure);
        }
    }

    /**
     * What to store under the key of a load that has brought a page; null for nothing. A page that depends on more than its
     * key says goes under a key of its own, which nobody finds before what leads there is stored: whatever voids the load
     * voids that too.
     */
    @Nullable
    Stored place(Stored.Page page, PageLoad load, HttpServletRequest request) {
        Set<String> fields = StoringRules.vary(HeaderFields.of(page.fields()));
        Stored.Variants present = load.place().variants();
        if (present != null) {
            return present.cover(fields)
                    ? page
                    : spread(fields, present, load.place().primary());
        }
        if (fields.isEmpty()) {
            return page;
        }
        Stored.Variants variants = VariantIds.of(fields);
        EntryOptions options =
                EntryOptions.DEFAULT.ttl(page.freshness().usableFor()).tags(load.tags());
        cache().put(PageKeys.of(load.place().primary(), variants, request), page, options);
        return variants;
    }

    /** Pages depend on more than was known: they begin anew. */
    private @Nullable Stored spread(Set<String> fields, Stored.Variants present, String primary) {
        Set<String> all = new TreeSet<>(fields);
        all.addAll(List.of(present.names()));
        cache().put(primary, VariantIds.of(all), EntryOptions.DEFAULT.ttl(VARIANTS));
        return null;
    }

    static Duration ttlOf(Stored stored) {
        return stored instanceof Stored.Page page ? page.freshness().usableFor() : VARIANTS;
    }

    /** Nobody is to wait for others to load this key. */
    void markNotStorable(String key) {
        try {
            cache().put(key, new Stored.NotStorable(), EntryOptions.DEFAULT.ttl(settings.notStorableFor()));
        } catch (ClusterUnavailableException unavailable) {
            log.debug("a page could not be marked", unavailable);
        }
    }

    /** Whatever depends on the key goes: variants cannot be found without it. */
    void invalidate(String primary) {
        cache().invalidate(primary);
    }
}
