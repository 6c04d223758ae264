/**
 * Benchmarks beside peers. Each is a program; the module's README says how to run it and what it printed.
 */
@NullMarked
package io.flotilla.benchmarks;

import org.jspecify.annotations.NullMarked;
