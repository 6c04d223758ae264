/**
 * Objects of the application as graphs: whether one has changed since it was last looked at.
 * Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.sessions.internal.graph;

import org.jspecify.annotations.NullMarked;
