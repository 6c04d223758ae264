/**
 * Attribute values to bytes and back: formats, the filter on classes, and what becomes of bytes that cannot be read.
 * Nothing here is API: it may change or go in any release.
 */
@NullMarked
package io.flotilla.sessions.internal.codec;

import org.jspecify.annotations.NullMarked;
