package io.flotilla.cache.internal.protocol;

/**
 * One lease of one key.
 *
 * @param token the asker's random number, by which a repetition of its ask is known
 * @param grant the owner's number: an ask that comes once more, long after its fill, gets a lease that is another one
 */
public record LeaseId(long token, long grant) {}
