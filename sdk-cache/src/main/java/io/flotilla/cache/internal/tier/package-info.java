/**
 * The two tiers of one cache on this member, and the messages that keep them coherent. Nothing here is API: it may change or
 * go in any release.
 */
@NullMarked
package io.flotilla.cache.internal.tier;

import org.jspecify.annotations.NullMarked;
