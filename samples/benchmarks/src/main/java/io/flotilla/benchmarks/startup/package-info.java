/**
 * How long it takes to become a member: Flotilla beside the Hazelcast below it, each in JVMs of its own.
 */
@NullMarked
package io.flotilla.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
