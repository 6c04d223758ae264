/** Not API: objects in a folder that all nodes mount. */
@NullMarked
package io.flotilla.storage.internal.shared;

import org.jspecify.annotations.NullMarked;
