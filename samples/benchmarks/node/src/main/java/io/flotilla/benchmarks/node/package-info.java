/**
 * The server that every system under test is measured in: an embedded Tomcat, the same servlets and the same content of
 * sessions for all. It knows none of the systems.
 */
@NullMarked
package io.flotilla.benchmarks.node;

import org.jspecify.annotations.NullMarked;
