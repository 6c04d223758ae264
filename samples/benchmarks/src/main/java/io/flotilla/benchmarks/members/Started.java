package io.flotilla.benchmarks.members;

import java.io.IOException;

/** What a member's JVM tells the benchmark when it has joined. */
record Started(long nanos, int members) {

    /** Tells it and stays until the benchmark has seen enough. */
    static void tell(long nanos, int members) throws IOException {
        System.out.println(nanos + " " + members);
        while (System.in.read() >= 0) {
            // Nothing is ever said: the end of the input is the end of the benchmark.
        }
        Runtime.getRuntime().halt(0);
    }

    static Started parse(String line) {
        String[] words = line.split(" ", 2);
        return new Started(Long.parseLong(words[0]), Integer.parseInt(words[1]));
    }

    double millis() {
        return nanos / 1e6;
    }
}
