/**
 * Inner workings of the health module. Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.health.internal;

import org.jspecify.annotations.NullMarked;
