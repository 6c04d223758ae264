/**
 * One session's state in this JVM while requests use it: shared by all of them, as in a container.
 * Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.sessions.internal.live;

import org.jspecify.annotations.NullMarked;
