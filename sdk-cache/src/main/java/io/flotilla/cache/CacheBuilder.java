package io.flotilla.cache;

import static java.util.Objects.requireNonNull;

import io.flotilla.cache.internal.CacheConfig;
import io.flotilla.cache.internal.CacheConfig.Bounds;
import io.flotilla.cache.internal.CacheConfig.Loading;
import io.flotilla.cache.internal.CacheConfig.Times;
import io.flotilla.spi.Check;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one cache. Every setting has a default; setting something twice is an error. Not thread-safe.
 *
 * @since 0.1
 */
public final class CacheBuilder {
    private final String name;
    private @Nullable CacheMode mode;
    private @Nullable Duration ttl;
    private @Nullable Duration staleFor;
    private @Nullable Duration negativeTtl;
    private @Nullable Double jitter;
    private @Nullable Integer backups;
    private @Nullable Long maxEntriesNear;
    private @Nullable Long maxBytesNear;
    private @Nullable Long maxEntriesPerMember;
    private @Nullable Long maxBytesPerMember;
    private @Nullable Duration loadTimeout;
    private @Nullable Duration softTimeout;
    private @Nullable Duration retryAfter;
    private @Nullable Double refreshAhead;
    private @Nullable Double earlyRefresh;
    private @Nullable Boolean copyOnRead;

    CacheBuilder(String name) {
        this.name = name;
    }

    /**
     * What is promised of changes. Default {@link CacheMode#EVENTUAL}.
     *
     * @param mode the mode
     * @return this builder
     */
    public CacheBuilder mode(CacheMode mode) {
        this.mode = Check.once(this.mode, requireNonNull(mode, "mode"), "cache.mode");
        return this;
    }

    /**
     * How long a value is fresh, unless it says otherwise itself. Default 10 minutes.
     *
     * @param ttl 1 ms to 10 years
     * @return this builder
     */
    public CacheBuilder ttl(Duration ttl) {
        this.ttl = Check.once(this.ttl, requireNonNull(ttl, "ttl"), "cache.ttl");
        return this;
    }

    /**
     * For how long a value that is no longer fresh may do if it cannot be loaded anew, or not soon enough, or while another
     * member loads it. One that was invalidated never does. Default 0: not at all.
     *
     * @param time 0 to 10 years, counted from the end of the time to live
     * @return this builder
     */
    public CacheBuilder staleFor(Duration time) {
        this.staleFor = Check.once(this.staleFor, requireNonNull(time, "time"), "cache.staleFor");
        return this;
    }

    /**
     * Allows loaders to return null, and keeps for so long that there is nothing. Default: it is an error.
     *
     * @param ttl 1 ms to 10 years
     * @return this builder
     */
    public CacheBuilder negativeTtl(Duration ttl) {
        this.negativeTtl = Check.once(this.negativeTtl, requireNonNull(ttl, "ttl"), "cache.negativeTtl");
        return this;
    }

    /**
     * By which part times to live are made shorter at random, so that what was loaded together does not end together.
     * Default 0.1.
     *
     * @param part 0 (not at all) to 0.9
     * @return this builder
     */
    public CacheBuilder jitter(double part) {
        this.jitter = Check.once(this.jitter, part, "cache.jitter");
        return this;
    }

    /**
     * On how many other members each value of the second tier is kept. So many may crash at once, and nothing needs to be
     * loaded anew. Default 1.
     *
     * @param backups 0 to 6
     * @return this builder
     */
    public CacheBuilder backups(int backups) {
        this.backups = Check.once(this.backups, backups, "cache.backups");
        return this;
    }

    /**
     * How many values each member keeps in its own memory. What is used seldom goes. Default 10,000; not together with
     * {@link #maxBytesNear}.
     *
     * @param entries 1 to 1 billion
     * @return this builder
     */
    public CacheBuilder maxEntriesNear(long entries) {
        this.maxEntriesNear = Check.once(this.maxEntriesNear, entries, "cache.maxEntriesNear");
        return this;
    }

    /**
     * How much memory each member has for values of its own. An estimate: a value counts with its serialized size and 200
     * bytes. What is used seldom goes. Default: {@link #maxEntriesNear} counts.
     *
     * @param bytes 1 KiB to 1 TiB
     * @return this builder
     */
    public CacheBuilder maxBytesNear(long bytes) {
        this.maxBytesNear = Check.once(this.maxBytesNear, bytes, "cache.maxBytesNear");
        return this;
    }

    /**
     * How many values of the second tier each member owns, about. What was not used for the longest time goes. Default:
     * {@link #maxBytesPerMember} counts; not together with that.
     *
     * @param entries 1,000 to 1 billion
     * @return this builder
     */
    public CacheBuilder maxEntriesPerMember(long entries) {
        this.maxEntriesPerMember = Check.once(this.maxEntriesPerMember, entries, "cache.maxEntriesPerMember");
        return this;
    }

    /**
     * How much memory the values of the second tier take on each member, about, with the copies of other members' values.
     * What was not used for the longest time goes. Default 64 MiB.
     *
     * @param bytes 1 MiB to 1 TiB, counted in whole MiB
     * @return this builder
     */
    public CacheBuilder maxBytesPerMember(long bytes) {
        this.maxBytesPerMember = Check.once(this.maxBytesPerMember, bytes, "cache.maxBytesPerMember");
        return this;
    }

    /**
     * How long a load may take: whoever waits for it waits no longer, and another member may begin. Default 30 seconds.
     *
     * @param timeout 10 ms to 1 h
     * @return this builder
     */
    public CacheBuilder loadTimeout(Duration timeout) {
        this.loadTimeout = Check.once(this.loadTimeout, requireNonNull(timeout, "timeout"), "cache.loadTimeout");
        return this;
    }

    /**
     * After what time a stale value is given to those who wait for a load, which goes on behind them. Default: they wait.
     *
     * @param timeout 1 ms to {@link #loadTimeout}
     * @return this builder
     */
    public CacheBuilder softTimeout(Duration timeout) {
        this.softTimeout = Check.once(this.softTimeout, requireNonNull(timeout, "timeout"), "cache.softTimeout");
        return this;
    }

    /**
     * For how long a stale value does, on all members, before a load that has failed is tried again. Default 5 seconds.
     *
     * @param time 1 ms to 1 h
     * @return this builder
     */
    public CacheBuilder retryAfter(Duration time) {
        this.retryAfter = Check.once(this.retryAfter, requireNonNull(time, "time"), "cache.retryAfter");
        return this;
    }

    /**
     * After which part of its time to live a value that is used is loaded anew, behind those who use it. Default: not before
     * its end.
     *
     * @param part 0.1 to 0.99
     * @return this builder
     */
    public CacheBuilder refreshAhead(double part) {
        this.refreshAhead = Check.once(this.refreshAhead, part, "cache.refreshAhead");
        return this;
    }

    /**
     * Loads values that are used anew at a random moment before their end, the sooner the longer their loads take, as in
     * "Optimal Probabilistic Cache Stampede Prevention" (Vattani, Chierichetti, Lowenstein 2015). Default: not.
     *
     * @param beta 0.1 to 10; 1 is the paper's optimum, more is sooner
     * @return this builder
     */
    public CacheBuilder earlyRefresh(double beta) {
        this.earlyRefresh = Check.once(this.earlyRefresh, beta, "cache.earlyRefresh");
        return this;
    }

    /**
     * Gives each reader an object of its own, read from the bytes each time: for values that readers change. Slower by far.
     *
     * @return this builder
     */
    public CacheBuilder copyOnRead() {
        this.copyOnRead = Check.once(this.copyOnRead, true, "cache.copyOnRead");
        return this;
    }

    CacheConfig build() {
        return new CacheConfig(
                name,
                Objects.requireNonNullElse(mode, CacheMode.EVENTUAL),
                Objects.requireNonNullElse(backups, 1),
                new Times(
                        Objects.requireNonNullElse(ttl, Duration.ofMinutes(10)),
                        Objects.requireNonNullElse(staleFor, Duration.ZERO),
                        negativeTtl,
                        Objects.requireNonNullElse(jitter, 0.1)),
                new Bounds(maxEntriesNear, maxBytesNear, maxEntriesPerMember, maxBytesPerMember),
                new Loading(
                        Objects.requireNonNullElse(loadTimeout, Duration.ofSeconds(30)),
                        softTimeout,
                        Objects.requireNonNullElse(retryAfter, Duration.ofSeconds(5)),
                        refreshAhead,
                        earlyRefresh),
                copyOnRead != null);
    }
}
