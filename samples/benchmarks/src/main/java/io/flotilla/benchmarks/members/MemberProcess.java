package io.flotilla.benchmarks.members;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One member in a JVM of its own. */
final class MemberProcess implements AutoCloseable {
    private static final List<String> OPTIONS = List.of(
            "-Xmx256m",
            "-Dhazelcast.logging.type=slf4j", // as Flotilla sets it; there is no back end, so nobody pays for a log
            "-Dslf4j.internal.verbosity=ERROR");

    private final Process process;

    private MemberProcess(Process process) {
        this.process = process;
    }

    static MemberProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new MemberProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits until the member has joined as one of so many. */
    Started await(int members) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the member ended before it had joined; see above");
        }
        Started started = Started.parse(line);
        if (started.members() != members) {
            throw new IOException("the member joined as one of " + started.members() + ", not of " + members);
        }
        return started;
    }

    /** The processor time that the JVM has used so far, its own start included. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
