/**
 * The way to a session's record: what is asked of its owner, what is remembered on this member, what is swept.
 * Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.sessions.internal.store;

import org.jspecify.annotations.NullMarked;
