/** Requests that came through balancers. Data flows from headers to hops, from hops to an origin, from there to the request. */
@NullMarked
package io.flotilla.health.internal.forwarded;

import org.jspecify.annotations.NullMarked;
