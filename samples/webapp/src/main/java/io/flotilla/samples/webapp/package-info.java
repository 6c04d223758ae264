/**
 * One node of the sample farm: what an application looks like that uses the SDK, and the HTTP face through which the whole
 * system is tried from outside. Only the node's start and stop know the SDK; the servlets know the Servlet API alone.
 */
@NullMarked
package io.flotilla.samples.webapp;

import org.jspecify.annotations.NullMarked;
