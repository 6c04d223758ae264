/**
 * The checks that an application may switch on. Internal: may change in every release.
 */
@NullMarked
package io.flotilla.health.internal.checks;

import org.jspecify.annotations.NullMarked;
