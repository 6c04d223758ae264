package io.flotilla.cache;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;

/**
 * A filter that stores whole responses in a cache of the cluster, as RFC 9111 lets a shared cache do: what a servlet has
 * answered once all members answer from memory, until it is no longer fresh, or is invalidated. Which responses are stored
 * they say themselves, with {@code Cache-Control} or {@code Expires}; {@link PageCacheBuilder#ttl} is for those that say
 * nothing.
 *
 * <pre>{@code
 * PageCache pages = cluster.get(Caches.class).pageCache("pages", p -> p.ttl(Duration.ofMinutes(1)));
 * pages.register(servletContext, "/products/*");
 * }</pre>
 *
 * <p>Each response to GET and HEAD says in {@code X-Cache} where it came from: {@code HIT}, {@code MISS} or {@code STALE}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface PageCache {

    /**
     * Returns the name of the cache beneath.
     *
     * @return the name, the same on all members
     */
    String name();

    /**
     * Puts the filter in front of parts of a web application, after the filters that there are, with asynchronous requests
     * supported. Call it while the context starts, once for each context, after {@code Sessions.register} if there is one.
     *
     * @param context the web application's context
     * @param urlPatterns which requests go through the cache, in the Servlet API's patterns
     * @throws IllegalStateException if the context has started already, or if this was called for it before
     */
    void register(ServletContext context, String... urlPatterns);

    /**
     * Returns a filter for those who register it themselves: for the dispatcher type {@code REQUEST} alone, with {@code
     * async-supported}.
     *
     * @return a new filter
     */
    Filter filter();

    /**
     * Voids all pages with one of some tags: see {@link Cache#invalidateTags}. The responses themselves name their tags, in
     * the field {@link PageCacheBuilder#tagsHeader}.
     *
     * @param tags the tags
     * @throws io.flotilla.ClusterUnavailableException if the cluster cannot answer; it may be said again
     */
    void invalidateTags(String... tags);

    /**
     * Voids all pages: see {@link Cache#clear}.
     *
     * @throws io.flotilla.ClusterUnavailableException if the cluster cannot answer; it may be said again
     */
    void clear();
}
