/** Not API: objects over HTTP. */
@NullMarked
package io.flotilla.storage.internal.web;

import org.jspecify.annotations.NullMarked;
