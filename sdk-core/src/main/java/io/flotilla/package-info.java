/**
 * The way in: {@link io.flotilla.Cluster#builder(String)} makes the JVM a member of the application's own cluster and
 * wires the feature modules into it.
 */
@NullMarked
package io.flotilla;

import org.jspecify.annotations.NullMarked;
