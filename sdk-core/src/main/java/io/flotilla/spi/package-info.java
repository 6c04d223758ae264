/**
 * What core and the feature modules share. API for authors of modules, not for applications; its changes have a heading
 * of their own in the changelog.
 */
@NullMarked
package io.flotilla.spi;

import org.jspecify.annotations.NullMarked;
