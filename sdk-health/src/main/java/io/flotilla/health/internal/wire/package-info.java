/**
 * What members send each other: types that only grow, their bytes pinned by tests. Nothing here is API.
 */
@NullMarked
package io.flotilla.health.internal.wire;

import org.jspecify.annotations.NullMarked;
