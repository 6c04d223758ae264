/** Internal: not for use outside of this SDK, and free to change. The page cache: HTTP on top of a cache. */
@NullMarked
package io.flotilla.cache.internal.page;

import org.jspecify.annotations.NullMarked;
