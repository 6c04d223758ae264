package io.flotilla.benchmarks.sessions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the kernel has counted of the connections between a system's processes, by {@code ss} of iproute2: the same for all
 * systems, encryption and all, and nothing of it depends on time.
 *
 * @param bytes sent by either end
 * @param messages segments with data in them, sent by either end: over loopback, a write of a message each
 */
record SocketCounters(long bytes, long messages) {
    private static final Pattern PROCESS = Pattern.compile("pid=(\\d+)");
    private static final Pattern BYTES = Pattern.compile("\\bbytes_sent:(\\d+)");
    private static final Pattern MESSAGES = Pattern.compile("\\bdata_segs_out:(\\d+)");
    private static final Pattern PORT = Pattern.compile(":(\\d+)\\s");

    static final SocketCounters ZERO = new SocketCounters(0, 0);

    static boolean isInstalled() {
        try {
            return new ProcessBuilder("ss", "-V")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** As of now, without the connections over which the farm answers HTTP. */
    static SocketCounters of(Farm farm) {
        try {
            Process ss = new ProcessBuilder("ss", "-tinpHO", "state", "established").start();
            return sum(
                    ss.inputReader(StandardCharsets.UTF_8).lines(),
                    farm.processes().stream().map(ProcessHandle::pid).collect(Collectors.toSet()),
                    farm.ports());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static SocketCounters sum(Stream<String> lines, Set<Long> processes, List<Integer> leftOut) {
        return lines.filter(line -> processes.contains(number(PROCESS, line)))
                .filter(line -> !leftOut.contains((int) number(PORT, line)))
                .map(line -> new SocketCounters(number(BYTES, line), number(MESSAGES, line)))
                .reduce(ZERO, SocketCounters::plus);
    }

    /** Zero if there is none: a connection over which nothing was sent. */
    private static long number(Pattern pattern, String line) {
        Matcher found = pattern.matcher(line);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    SocketCounters plus(SocketCounters other) {
        return new SocketCounters(bytes + other.bytes, messages + other.messages);
    }

    SocketCounters minus(SocketCounters other) {
        return new SocketCounters(bytes - other.bytes, messages - other.messages);
    }
}
