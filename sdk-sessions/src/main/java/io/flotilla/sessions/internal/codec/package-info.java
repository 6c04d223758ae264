/**
 * Attribute values to bytes and back: what an application is told of values that cannot be stored, and what becomes of bytes
 * that cannot be read. Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.sessions.internal.codec;

import org.jspecify.annotations.NullMarked;
