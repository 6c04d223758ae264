/**
 * A whole farm on one machine: nodes as processes of their own, a balancer in front of them, and a story that tries it
 * from end to end. The integration tests drive farms with the same classes.
 */
@NullMarked
package io.flotilla.samples.farm;

import org.jspecify.annotations.NullMarked;
