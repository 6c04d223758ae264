/**
 * What it costs to be a member: the start, beside the Hazelcast below it, and the protection of messages, beside none; each
 * member in a JVM of its own.
 */
@NullMarked
package io.flotilla.benchmarks.members;

import org.jspecify.annotations.NullMarked;
