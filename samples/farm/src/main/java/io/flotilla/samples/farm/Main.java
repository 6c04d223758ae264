package io.flotilla.samples.farm;

import java.io.PrintStream;

/** The program behind {@code farm.sh}. */
final class Main {
    private final PrintStream out;
    private final PrintStream err;
    private volatile int exitCode;

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a farm until it is told to stop.
     *
     * @param args the options, see {@code --help}
     */
    public static void main(String[] args) throws InterruptedException {
        new Main(System.out, System.err).run(args);
    }

    private void run(String... args) throws InterruptedException {
        try {
            FarmOptions options = FarmOptions.parse(args);
            if (options.help()) {
                out.print(FarmOptions.usage());
                return;
            }
            Launcher launcher = new Launcher(options, out);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(launcher), "stop"));
            try {
                exitCode = launcher.run();
            } catch (FarmFailure failure) {
                if (launcher.stopping()) {
                    return; // told to stop while it was starting
                }
                throw failure;
            }
        } catch (FarmFailure failure) {
            err.println(failure.getMessage());
            exitCode = failure.exitCode();
        }
        System.exit(exitCode);
    }

    /** Whatever ends the program, nothing it started is left; being told to stop is no error. */
    private void stop(Launcher launcher) {
        try {
            launcher.close();
            if (exitCode == 0) {
                launcher.deleteLogs();
            }
        } catch (RuntimeException failure) {
            err.println("could not stop everything: " + failure);
            exitCode = 1;
        }
        out.flush();
        err.flush();
        Runtime.getRuntime().halt(exitCode);
    }
}
