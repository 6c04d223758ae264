/** What benchmarks print: medians, their spread, and one line for each figure that the design sets. */
@NullMarked
package io.flotilla.benchmarks.report;

import org.jspecify.annotations.NullMarked;
