package io.flotilla.cache;

import static java.util.Objects.requireNonNull;

import io.flotilla.cache.internal.page.KeyedQuery;
import io.flotilla.cache.internal.page.PageSettings;
import io.flotilla.spi.Check;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a page cache; they should be the same on all members. Every setting has a default; setting something twice is an
 * error. Not thread-safe.
 *
 * @since 0.1
 */
public final class PageCacheBuilder {
    private static final int MAX_BODY = 1 << 20;
    private static final Set<String> VARY = Set.of("accept", "accept-encoding", "accept-language");

    private @Nullable Duration ttl;
    private @Nullable Integer maxBodySize;
    private @Nullable KeyedQuery query;
    private @Nullable Boolean anyHost;
    private @Nullable Set<String> vary;
    private @Nullable Duration staleWhileRevalidate;
    private @Nullable Duration staleIfError;
    private @Nullable Duration notStorableFor;
    private @Nullable String tagsHeader;
    private @Nullable Boolean ignoresClients;
    private @Nullable Function<HttpServletRequest, String> partition;

    private PageCacheBuilder() {}

    /**
     * The settings, for the module itself.
     *
     * @param settings changes the settings
     * @return the settings
     * @throws IllegalArgumentException if a setting is out of range
     */
    public static PageSettings describe(Consumer<PageCacheBuilder> settings) {
        PageCacheBuilder builder = new PageCacheBuilder();
        settings.accept(builder);
        return builder.build();
    }

    /**
     * How long a response is fresh that says nothing of it, if its status is one that may be stored without being asked to,
     * such as 200 or 404. Default: such a response is not stored.
     *
     * @param ttl 1 second to 365 days
     * @return this builder
     */
    public PageCacheBuilder ttl(Duration ttl) {
        this.ttl = Check.once(this.ttl, requireNonNull(ttl, "ttl"), "pages.ttl");
        return this;
    }

    /**
     * How long the content of a page may be that is stored. What is longer goes to the client as its servlet writes it, and
     * never takes more memory than this. Default 1 MiB.
     *
     * @param bytes 1 to 64 MiB
     * @return this builder
     */
    public PageCacheBuilder maxBodySize(int bytes) {
        this.maxBodySize = Check.once(this.maxBodySize, bytes, "pages.maxBodySize");
        return this;
    }

    /**
     * No query parameter makes a difference. Default: all do, in any order.
     *
     * @return this builder
     */
    public PageCacheBuilder ignoreQuery() {
        return query(KeyedQuery.NONE);
    }

    /**
     * Only some query parameters make a difference. Servlets must not let pages depend on the others.
     *
     * @param names their names
     * @return this builder
     */
    public PageCacheBuilder queryOnly(String... names) {
        return query(KeyedQuery.only(Set.of(names)));
    }

    /**
     * All query parameters but some make a difference: such as those that only tell where a visitor came from.
     *
     * @param names their names
     * @return this builder
     */
    public PageCacheBuilder queryAllBut(String... names) {
        return query(KeyedQuery.allBut(Set.of(names)));
    }

    private PageCacheBuilder query(KeyedQuery which) {
        this.query = Check.once(this.query, which, "pages.query");
        return this;
    }

    /**
     * Pages are the same under any scheme, host name and port. Servlets must not let pages depend on these, as absolute links
     * do: a client may name any host. Default: each has pages of its own.
     *
     * @return this builder
     */
    public PageCacheBuilder anyHost() {
        this.anyHost = Check.once(this.anyHost, true, "pages.anyHost");
        return this;
    }

    /**
     * The request fields that responses may depend on, as they say in {@code Vary}. One that depends on another is not
     * stored: its variants would be too many. Default {@code Accept}, {@code Accept-Encoding} and {@code Accept-Language}.
     *
     * @param fields the names of the fields
     * @return this builder
     */
    public PageCacheBuilder vary(String... fields) {
        this.vary = Check.once(this.vary, Set.of(fields), "pages.vary");
        return this;
    }

    /**
     * For how long a page that is no longer fresh is served while it is made anew, if its response does not say
     * (RFC 5861). Default 0.
     *
     * @param time 0 to 365 days, in whole seconds
     * @return this builder
     */
    public PageCacheBuilder staleWhileRevalidate(Duration time) {
        this.staleWhileRevalidate =
                Check.once(this.staleWhileRevalidate, requireNonNull(time, "time"), "pages.staleWhileRevalidate");
        return this;
    }

    /**
     * For how long a page that is no longer fresh is served if its servlet throws, or answers with 500, 502, 503 or 504, if
     * its response does not say (RFC 5861). Default 0.
     *
     * @param time 0 to 365 days, in whole seconds
     * @return this builder
     */
    public PageCacheBuilder staleIfError(Duration time) {
        this.staleIfError = Check.once(this.staleIfError, requireNonNull(time, "time"), "pages.staleIfError");
        return this;
    }

    /**
     * For how long it is remembered that what came last may not be stored. Meanwhile no request waits for the response to
     * another one; the first that may be stored ends that. Default 10 seconds.
     *
     * @param time 1 ms to 1 hour
     * @return this builder
     */
    public PageCacheBuilder notStorableFor(Duration time) {
        this.notStorableFor = Check.once(this.notStorableFor, requireNonNull(time, "time"), "pages.notStorableFor");
        return this;
    }

    /**
     * The name of the response field in which servlets name a page's tags, with commas or spaces between them. Clients never
     * get it. Default {@code Cache-Tags}.
     *
     * @param name the name of a field
     * @return this builder
     */
    public PageCacheBuilder tagsHeader(String name) {
        this.tagsHeader = Check.once(this.tagsHeader, requireNonNull(name, "name"), "pages.tagsHeader");
        return this;
    }

    /**
     * What clients say in {@code Cache-Control} and {@code Pragma} does not decide what they get: none can have a page made
     * anew. {@code no-store} still keeps their own from being stored. Default: it does, as RFC 9111 describes.
     *
     * @return this builder
     */
    public PageCacheBuilder ignoreClients() {
        this.ignoresClients = Check.once(this.ignoresClients, true, "pages.ignoreClients");
        return this;
    }

    /**
     * What else makes a difference: such as the tenant, where it is not in the URI.
     *
     * @param partition gives each request its part; must not block
     * @return this builder
     */
    public PageCacheBuilder partition(Function<HttpServletRequest, String> partition) {
        this.partition = Check.once(this.partition, requireNonNull(partition, "partition"), "pages.partition");
        return this;
    }

    private PageSettings build() {
        return new PageSettings(
                ttl,
                Objects.requireNonNullElse(maxBodySize, MAX_BODY),
                Objects.requireNonNullElse(query, KeyedQuery.ALL),
                anyHost != null,
                Objects.requireNonNullElse(vary, VARY),
                Objects.requireNonNullElse(staleWhileRevalidate, Duration.ZERO),
                Objects.requireNonNullElse(staleIfError, Duration.ZERO),
                Objects.requireNonNullElse(notStorableFor, Duration.ofSeconds(10)),
                Objects.requireNonNullElse(tagsHeader, "Cache-Tags"),
                ignoresClients != null,
                partition);
    }
}
