/**
 * A coherent two-tier cache. Its turn comes; there is nothing here yet.
 */
@NullMarked
package io.flotilla.cache;

import org.jspecify.annotations.NullMarked;
