/**
 * How the two tiers of a cache stay coherent: {@code docs/cache-coherence.md} as state machines, without network, threads
 * or clocks of their own. {@link io.flotilla.cache.internal.protocol.RowProtocol} and {@link
 * io.flotilla.cache.internal.protocol.OwnerStream} are the owner's side, {@link
 * io.flotilla.cache.internal.protocol.StreamViews} and {@link io.flotilla.cache.internal.protocol.FirstTier} the reader's.
 *
 * <p>Elapsed time is in nanoseconds since the member started; that of two members is never compared. Locks, in this order:
 * {@code StreamView}, the bin of a key in {@code FirstTier}, {@code KeyFloors}.
 *
 * <p>Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.cache.internal.protocol;

import org.jspecify.annotations.NullMarked;
