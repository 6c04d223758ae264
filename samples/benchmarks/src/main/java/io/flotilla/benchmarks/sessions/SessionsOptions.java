package io.flotilla.benchmarks.sessions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of the suite {@code sessions}; sizes are of a session's serialized content. */
final class SessionsOptions {
    private static final String LIST = ",";

    @Option(
            names = "--parts",
            split = LIST,
            defaultValue = "throughput,messages,memory,races",
            description = "what to measure: ${COMPLETION-CANDIDATES} (all)")
    private List<Part> parts = new ArrayList<>();

    @Option(
            names = "--systems",
            split = LIST,
            defaultValue = "flotilla,flotilla-plain,spring-hazelcast,spring-redis,round-trips,container",
            description = "side by side with: ${COMPLETION-CANDIDATES} (all)")
    private List<SystemUnderTest> systems = new ArrayList<>();

    @Option(
            names = "--workloads",
            split = LIST,
            defaultValue = "80-20,read,write,create",
            description = "of the throughput: read, write, 80-20, create (all)")
    private List<Workload> workloads = new ArrayList<>();

    @Option(names = "--content", split = LIST, defaultValue = "1,16", description = "KiB in a session (1,16)")
    private List<Integer> contents = new ArrayList<>();

    @Option(names = "--nodes", defaultValue = "2", description = "servers of a farm (2)")
    private int nodes;

    @Option(names = "--clients", defaultValue = "16", description = "requests under way at once (16)")
    private int clients;

    @Option(names = "--sessions", defaultValue = "400", description = "sessions of the throughput (400)")
    private int sessions;

    @Option(names = "--rounds", defaultValue = "7", description = "of each system in turn (7)")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "4", description = "of load in a round (4)")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "60", description = "seconds of load before each system's rounds (60)")
    private int warmUp;

    @Option(
            names = "--commit-late",
            description = "responses are sent when the servlet is done, not flushed by it as they are otherwise")
    private boolean commitLate;

    @Option(
            names = "--idle-sessions",
            split = LIST,
            defaultValue = "10000,70000,100000",
            description =
                    "numbers of sessions whose memory is measured, rising; 1000000 takes 14 GB (10000,70000,100000)")
    private List<Integer> idleSessions = new ArrayList<>();

    @Option(names = "--races", defaultValue = "200", description = "of each kind (200)")
    private int races;

    @Option(names = "--crashes", defaultValue = "3", description = "nodes killed under load (3)")
    private int crashes;

    @Option(
            names = "--heap",
            defaultValue = "512m",
            description = "of each server, but where memory is measured (512m)")
    private String heap = "";

    @Option(names = "--jvm", description = "a further option of each server's JVM; may be repeated")
    private List<String> jvm = new ArrayList<>();

    /** What can be measured. */
    enum Part {
        THROUGHPUT,
        MESSAGES,
        MEMORY,
        RACES;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    List<Part> parts() {
        return parts;
    }

    List<SystemUnderTest> systems() {
        return systems;
    }

    /** Those that can be measured here. */
    List<SystemUnderTest> presentSystems() {
        return systems.stream().filter(each -> each.missing().isEmpty()).toList();
    }

    List<Workload> workloads() {
        return workloads;
    }

    /** In bytes. */
    List<Integer> contents() {
        return contents.stream().map(each -> each * 1024).toList();
    }

    int nodes() {
        return nodes;
    }

    int clients() {
        return clients;
    }

    int sessions() {
        return sessions;
    }

    int rounds() {
        return rounds;
    }

    Duration time() {
        return Duration.ofSeconds(seconds);
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmUp);
    }

    List<Integer> idleSessions() {
        return idleSessions.stream().sorted().toList();
    }

    int races() {
        return races;
    }

    int crashes() {
        return crashes;
    }

    /** How servers are started, unless a part says otherwise. */
    FarmOptions farm() {
        return new FarmOptions(contents().get(0), !commitLate, heap, false, true, jvm);
    }

    /** What is left out here, and why. */
    Stream<String> missing() {
        return systems.stream().flatMap(each -> each.missing().map(reason -> each + ": " + reason).stream());
    }
}
