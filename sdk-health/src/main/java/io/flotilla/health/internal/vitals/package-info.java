/**
 * The signals of the machine and of the process: how much of each resource is used. What is missing is unknown, never bad.
 * Internal: may change in every release.
 */
@NullMarked
package io.flotilla.health.internal.vitals;

import org.jspecify.annotations.NullMarked;
