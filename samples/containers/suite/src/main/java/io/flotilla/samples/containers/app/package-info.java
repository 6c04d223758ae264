/** A plain web application. Only {@link io.flotilla.samples.containers.app.Bootstrap} knows that its sessions are clustered. */
@NullMarked
package io.flotilla.samples.containers.app;

import org.jspecify.annotations.NullMarked;
