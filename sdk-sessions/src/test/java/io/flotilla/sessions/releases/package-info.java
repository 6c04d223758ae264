/** Members of two releases in one cluster, and two copies of Flotilla in one JVM. */
@NullMarked
package io.flotilla.sessions.releases;

import org.jspecify.annotations.NullMarked;
