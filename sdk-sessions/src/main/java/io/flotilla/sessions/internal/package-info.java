/**
 * Inner workings of the sessions module. Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.sessions.internal;

import org.jspecify.annotations.NullMarked;
