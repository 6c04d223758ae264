package io.flotilla.cache;

/**
 * What one member has counted of one cache since it started.
 *
 * @param l1Hits reads that were answered from this member's own memory
 * @param l2Hits reads that were answered by the cluster
 * @param misses reads that found nothing fresh
 * @param staleHits reads that were answered with a value whose time to live was over
 * @param loads how often a loader ran here and brought a value
 * @param loadFailures how often a loader ran here and failed
 * @param changes values that were put or invalidated here
 * @param evictions values that this member's own memory had no space for
 * @param l1Entries values in this member's own memory
 * @param l2Entries values that this member owns for the cluster
 * @param l2Bytes what they take, with their copies of other members' values, in bytes
 * @since 0.1
 */
public record CacheStatistics(
        long l1Hits,
        long l2Hits,
        long misses,
        long staleHits,
        long loads,
        long loadFailures,
        long changes,
        long evictions,
        long l1Entries,
        long l2Entries,
        long l2Bytes) {}
