/** The containers' tests on Jetty 12. */
@NullMarked
package io.flotilla.samples.containers.jetty12;

import org.jspecify.annotations.NullMarked;
