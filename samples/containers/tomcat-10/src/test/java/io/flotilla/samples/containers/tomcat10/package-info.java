/** The containers' tests on Tomcat 10. */
@NullMarked
package io.flotilla.samples.containers.tomcat10;

import org.jspecify.annotations.NullMarked;
