/** What core's members send to each other. Internal: no part of the API. */
@NullMarked
package io.flotilla.internal.wire;

import org.jspecify.annotations.NullMarked;
