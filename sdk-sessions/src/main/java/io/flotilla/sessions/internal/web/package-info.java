/**
 * The filter and what stands behind it: request, response and session as the application sees them.
 * Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.sessions.internal.web;

import org.jspecify.annotations.NullMarked;
