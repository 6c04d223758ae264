/** What tests of codecs share. */
@NullMarked
package io.flotilla.sessions.testkit;

import org.jspecify.annotations.NullMarked;
