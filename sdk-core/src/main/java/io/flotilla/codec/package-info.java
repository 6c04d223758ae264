/**
 * How an application's values become bytes and back, wherever Flotilla stores them. An application needs it only to bring a
 * codec of its own ({@link io.flotilla.codec.ValueCodec}).
 */
@NullMarked
package io.flotilla.codec;

import org.jspecify.annotations.NullMarked;
