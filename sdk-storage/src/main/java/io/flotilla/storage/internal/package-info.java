/** Not API: anything in here may change at any time. */
@NullMarked
package io.flotilla.storage.internal;

import org.jspecify.annotations.NullMarked;
