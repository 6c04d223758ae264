/**
 * Sessions, beside what else there is for a farm without stickiness: throughput, messages and bytes, memory, and whether
 * what was acknowledged is kept when requests overlap. Each system's servers have JVMs and a class path of their own.
 */
@NullMarked
package io.flotilla.benchmarks.sessions;

import org.jspecify.annotations.NullMarked;
