package io.flotilla.cache.internal.protocol;

/**
 * One lease of one key.
 *
 * @param token the asker's random number, by which a repetition of its ask is known
 * @param grant the owner's number: an ask that comes once more, long after its fill, gets a lease that is another one
 */
public record LeaseId(long token, long grant) {

    /** Whatever lease an ask may have got whose answer was lost: no lease has this grant itself. */
    public static LeaseId ofToken(long token) {
        return new LeaseId(token, 0);
    }

    boolean isOf(LeaseId lease) {
        return equals(lease) || (grant == 0 && token == lease.token());
    }
}
