package io.flotilla.samples.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program started by the launcher, its output in a file. It does not hear the Ctrl-C that is meant for the launcher,
 * which stops its children in order; and its standard input ends when the launcher does, however that ends.
 */
final class ChildProcess {
    private static final List<String> DEAF_TO_TERMINAL = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ChildProcess start(List<String> command, Map<String, String> environment, Path log) {
        List<String> line = new ArrayList<>(DEAF_TO_TERMINAL);
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(builder.start(), log);
        } catch (IOException failure) {
            throw FarmFailure.cannotStart("cannot start " + command.get(0) + ": " + failure.getMessage());
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Completed with the exit code when the process has ended. */
    CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Sends SIGTERM. */
    CompletableFuture<Integer> terminate() {
        process.toHandle().destroy(); // Process.destroy() would close its input too, a second way to stop it
        return exit();
    }

    /** Sends SIGKILL and waits for the end. */
    void kill() {
        process.destroyForcibly();
        exit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Ends the standard input, as the end of the launcher would. */
    void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException closed) {
            // Then the process has ended before.
        }
    }

    String lastLogLine() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((earlier, later) -> later)
                    .orElse("its log is empty");
        } catch (IOException | UncheckedIOException unreadable) {
            return "its log cannot be read";
        }
    }
}
