/** How values are loaded. Nothing here is API: it may change or go in any release. */
@NullMarked
package io.flotilla.cache.internal.load;

import org.jspecify.annotations.NullMarked;
