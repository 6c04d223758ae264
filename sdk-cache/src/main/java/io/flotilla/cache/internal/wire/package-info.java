/**
 * What the cache's members send to each other and keep in partitions. Nothing here is API, but the bytes are: members of
 * different releases read them, so types only grow.
 */
@NullMarked
package io.flotilla.cache.internal.wire;

import org.jspecify.annotations.NullMarked;
