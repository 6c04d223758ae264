package io.flotilla.samples.farm;

import java.io.IOException;

/** What only the operating system can do to a process. */
final class Signals {
    private Signals() {}

    /** The process stands still, its connections stay open: what a long pause or a frozen host looks like. */
    static void freeze(Node node) throws IOException, InterruptedException {
        send("STOP", node);
    }

    static void thaw(Node node) throws IOException, InterruptedException {
        send("CONT", node);
    }

    private static void send(String signal, Node node) throws IOException, InterruptedException {
        int code = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + node.pid())
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("SIG" + signal + " for " + node.name() + " failed");
        }
    }
}
