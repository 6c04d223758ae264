/**
 * Benchmarks beside peers. Their turn comes; there is nothing here yet.
 */
@NullMarked
package io.flotilla.benchmarks;

import org.jspecify.annotations.NullMarked;
