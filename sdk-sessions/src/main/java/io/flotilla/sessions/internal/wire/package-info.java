/**
 * What crosses members: the stored record and the messages to its owner, each of which later releases may add to.
 * Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.sessions.internal.wire;

import org.jspecify.annotations.NullMarked;
