/** Copies on the disks of the nodes themselves. Not API: may change at any time. */
@NullMarked
package io.flotilla.storage.internal.mirror;

import org.jspecify.annotations.NullMarked;
