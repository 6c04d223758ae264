/**
 * How members find each other: what stands behind {@link io.flotilla.Discovery}, and the way from there to Hazelcast.
 * Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.internal.discovery;

import org.jspecify.annotations.NullMarked;
