/**
 * Upload storage over the members' disks or a shared folder. Its turn comes; there is nothing here yet.
 */
@NullMarked
package io.flotilla.storage;

import org.jspecify.annotations.NullMarked;
