/** What every servlet container must do with clustered sessions. */
@NullMarked
package io.flotilla.samples.containers;

import org.jspecify.annotations.NullMarked;
