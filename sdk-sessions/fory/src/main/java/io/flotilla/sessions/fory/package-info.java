/**
 * Session attributes and other values in the format of Apache Fory, instead of Java serialization.
 */
@NullMarked
package io.flotilla.sessions.fory;

import org.jspecify.annotations.NullMarked;
