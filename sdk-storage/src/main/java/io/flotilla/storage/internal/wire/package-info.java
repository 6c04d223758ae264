/** Not API: what crosses members, and how it is written down. */
@NullMarked
package io.flotilla.storage.internal.wire;

import org.jspecify.annotations.NullMarked;
