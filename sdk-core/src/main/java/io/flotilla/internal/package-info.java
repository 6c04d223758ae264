/**
 * Inner workings of core. Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.internal;

import org.jspecify.annotations.NullMarked;
