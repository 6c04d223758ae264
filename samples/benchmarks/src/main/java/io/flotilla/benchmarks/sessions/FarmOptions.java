package io.flotilla.benchmarks.sessions;

import java.util.List;

/**
 * How the servers of a farm are started.
 *
 * @param content the serialized size of a session's content in bytes
 * @param commitsEarly whether responses are flushed by the servlet
 * @param heap the largest heap of each server, as in {@code -Xmx}
 * @param meters whether Flotilla counts its calls
 * @param localCopies whether Flotilla's nodes keep something of the sessions that they have seen, as they do by default
 * @param jvm further options of each server's JVM
 */
record FarmOptions(
        int content, boolean commitsEarly, String heap, boolean meters, boolean localCopies, List<String> jvm) {

    FarmOptions withContent(int bytes) {
        return new FarmOptions(bytes, commitsEarly, heap, meters, localCopies, jvm);
    }

    FarmOptions withHeap(String limit) {
        return new FarmOptions(content, commitsEarly, limit, meters, localCopies, jvm);
    }

    FarmOptions withMeters() {
        return new FarmOptions(content, commitsEarly, heap, true, localCopies, jvm);
    }

    FarmOptions withoutLocalCopies() {
        return new FarmOptions(content, commitsEarly, heap, meters, false, jvm);
    }
}
