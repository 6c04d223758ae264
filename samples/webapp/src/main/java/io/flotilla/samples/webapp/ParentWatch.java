package io.flotilla.samples.webapp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Ends this process when the one that started it is gone. A launcher that was killed cannot stop what it started, but its
 * end of our standard input closes by itself.
 */
final class ParentWatch implements Runnable {
    private static final String VARIABLE = "FLOTILLA_EXIT_WITH_PARENT";

    private final InputStream in;
    private final Runnable exit;

    ParentWatch(InputStream in, Runnable exit) {
        this.in = in;
        this.exit = exit;
    }

    /** Starts watching if the launcher asked for it. */
    static void startIfAsked(Map<String, String> environment) {
        if (Boolean.parseBoolean(environment.get(VARIABLE))) {
            Thread thread = new Thread(new ParentWatch(System.in, () -> System.exit(0)), "parent-watch");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void run() {
        byte[] ignored = new byte[64];
        try {
            while (in.read(ignored) >= 0) {
                // Whatever the launcher writes: only the end matters.
            }
        } catch (IOException broken) {
            // As good as the end.
        }
        exit.run();
    }
}
