/** The cache module from inside. Nothing here is API: it may change or go in any release. */
@NullMarked
package io.flotilla.cache.internal;

import org.jspecify.annotations.NullMarked;
