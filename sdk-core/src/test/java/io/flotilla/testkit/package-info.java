/**
 * The test kit: clusters of several members inside one JVM that can be killed, split and healed
 * ({@link io.flotilla.testkit.TestCluster}), time that moves when the test says so ({@link io.flotilla.testkit.TestTime}),
 * and a check that nothing is left behind ({@link io.flotilla.testkit.CleanSlate}).
 *
 * <p>Public, and shipped as the {@code tests} jar of core: applications may test against it. Needs JUnit 5, AssertJ,
 * Awaitility, Logback and Hazelcast's own {@code tests} jar (with JUnit 4) on the class path.
 */
@NullMarked
package io.flotilla.testkit;

import org.jspecify.annotations.NullMarked;
