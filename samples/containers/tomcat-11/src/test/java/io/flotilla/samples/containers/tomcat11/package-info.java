/** The containers' tests on Tomcat 11. */
@NullMarked
package io.flotilla.samples.containers.tomcat11;

import org.jspecify.annotations.NullMarked;
