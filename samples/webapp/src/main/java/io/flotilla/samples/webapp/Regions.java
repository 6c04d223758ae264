package io.flotilla.samples.webapp;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.cache.Cache;
import io.flotilla.cache.CacheBuilder;
import io.flotilla.cache.CacheMode;
import io.flotilla.cache.Caches;
import io.flotilla.cache.CachesBuilder;
import io.flotilla.cache.PageCache;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The caches that requests may use, one of each mode, and one that counts how often loaders run. */
final class Regions {
    private static final Logger log = LoggerFactory.getLogger(Regions.class);
    private static final String LOADS = "loads";
    private static final String PAGES = "pages";

    // Times to live without jitter, so that they can be watched.
    private static final Map<String, Consumer<CacheBuilder>> SETTINGS = Map.of(
            "demo", demo -> demo.jitter(0).staleFor(Duration.ofMinutes(5)).retryAfter(Duration.ofSeconds(1)),
            "strict", strict -> strict.jitter(0).mode(CacheMode.SYNC_INVALIDATE),
            "shared", shared -> shared.jitter(0).mode(CacheMode.L2_ONLY),
            "local", local -> local.jitter(0).mode(CacheMode.LOCAL));

    private final Map<String, Cache<String, Object>> regions = new TreeMap<>();
    private final Cache<String, Long> loads;

    /** Opens the regions, which the module was told of with {@link #describe}. */
    Regions(Caches caches) {
        SETTINGS.keySet().forEach(name -> regions.put(name, caches.cache(name, String.class, Object.class)));
        this.loads = caches.cache(LOADS, String.class, Long.class);
    }

    static void describe(CachesBuilder caches) {
        SETTINGS.forEach(caches::cache);
        caches.cache(LOADS, loads -> loads.mode(CacheMode.L2_ONLY).ttl(Duration.ofDays(1)));
        caches.cache(PAGES, pages -> pages.mode(CacheMode.SYNC_INVALIDATE));
    }

    /** The cache of whole pages: how long it takes to make one says nothing of what is in it. */
    static PageCache pages(Caches caches) {
        return caches.pageCache(
                PAGES,
                pages -> pages.ttl(Duration.ofMinutes(1))
                        .staleWhileRevalidate(Duration.ofMinutes(1))
                        .queryAllBut("millis")
                        .anyHost());
    }

    Cache<String, Object> region(CachePath path) {
        Cache<String, Object> region = regions.get(path.region());
        if (region == null) {
            throw new ProblemException(
                    404, "There is no such region; there are " + String.join(", ", regions.keySet()) + ".");
        }
        return region;
    }

    /** Counts a load for all nodes. What was loaded is worth more than the count. */
    void countLoad(CachePath path) {
        try {
            var unused = loads.add(counter(path), 1);
        } catch (ClusterUnavailableException unavailable) {
            log.debug("a load was not counted", unavailable);
        }
    }

    /** How often a loader ran for a key, on all nodes together. */
    long loads(CachePath path) {
        return loads.get(counter(path)).orElse(0L);
    }

    private String counter(CachePath path) {
        return region(path).name() + "/" + path.key();
    }
}
