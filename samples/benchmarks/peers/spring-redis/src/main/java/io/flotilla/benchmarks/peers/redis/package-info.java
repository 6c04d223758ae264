/** Spring Session on Redis in the benchmarks' server, wired as its documentation says, with its defaults. */
@NullMarked
package io.flotilla.benchmarks.peers.redis;

import org.jspecify.annotations.NullMarked;
