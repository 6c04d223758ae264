/**
 * Upload storage that all nodes share: streams in, immutable bytes named by their digest, and references to them that
 * survive the machines they were written on.
 */
@NullMarked
package io.flotilla.storage;

import org.jspecify.annotations.NullMarked;
