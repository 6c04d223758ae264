/**
 * Values to bytes and back, the same for all modules that store an application's values: formats, the filter on classes,
 * and what is said of values that cannot be stored or read. {@link io.flotilla.spi.codec.ValueFormats} is the way in.
 */
@NullMarked
package io.flotilla.spi.codec;

import org.jspecify.annotations.NullMarked;
