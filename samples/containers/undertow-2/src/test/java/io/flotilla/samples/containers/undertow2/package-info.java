/** The containers' tests on Undertow 2. */
@NullMarked
package io.flotilla.samples.containers.undertow2;

import org.jspecify.annotations.NullMarked;
