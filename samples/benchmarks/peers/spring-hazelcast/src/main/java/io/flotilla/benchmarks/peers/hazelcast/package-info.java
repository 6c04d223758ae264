/** Spring Session on Hazelcast in the benchmarks' server, wired as its documentation says, with its defaults. */
@NullMarked
package io.flotilla.benchmarks.peers.hazelcast;

import org.jspecify.annotations.NullMarked;
