/**
 * Health for load balancers: probes answered from a snapshot, a drain that fails no request, and a table of all members on
 * every member.
 */
@NullMarked
package io.flotilla.health;

import org.jspecify.annotations.NullMarked;
