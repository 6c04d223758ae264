/** Not API: what the cluster knows of the references on disk. */
@NullMarked
package io.flotilla.storage.internal.index;

import org.jspecify.annotations.NullMarked;
