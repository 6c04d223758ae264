/**
 * {@code HttpSession} over the cluster: every member answers every request of every session, without sticky routing.
 */
@NullMarked
package io.flotilla.sessions;

import org.jspecify.annotations.NullMarked;
