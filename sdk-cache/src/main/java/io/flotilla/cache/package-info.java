/**
 * A cache of two tiers: values in each member's own memory, and the same values in the cluster's, coherent with each other.
 * Begin with {@link io.flotilla.cache.Caches}.
 */
@NullMarked
package io.flotilla.cache;

import org.jspecify.annotations.NullMarked;
