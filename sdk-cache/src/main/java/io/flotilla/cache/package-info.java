/**
 * A coherent two-tier cache. There is no API yet: what is there is the protocol by which its tiers will stay coherent.
 */
@NullMarked
package io.flotilla.cache;

import org.jspecify.annotations.NullMarked;
