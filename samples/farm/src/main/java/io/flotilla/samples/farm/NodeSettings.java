package io.flotilla.samples.farm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a node is started with. */
record NodeSettings(
        String name, Place place, List<String> members, Path directory, Path secretFile, Path adminTokenFile) {

    /** Where {@code webapp.jar} is. */
    static Path webappJar() {
        String given = System.getProperty("flotilla.webapp.jar");
        return given == null ? FarmHome.siblingJar("webapp") : Path.of(given);
    }

    List<String> command() {
        List<String> command = new ArrayList<>(place.launcher());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + temp()));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // Hazelcast uses it; a warning helps nobody here
        }
        command.addAll(List.of("-jar", webappJar().toString()));
        command.addAll(List.of(
                "--name=" + name,
                "--bind=" + place.host(),
                "--http-port=" + place.httpPort(),
                "--member-port=" + place.memberPort(),
                // This one included: the same list for every node, so that any of them can be the first.
                "--members=" + String.join(",", members),
                "--secret-file=" + secretFile,
                "--admin-token-file=" + adminTokenFile));
        return command;
    }

    Path temp() {
        return directory.resolve("tmp");
    }

    Path log() {
        return directory.resolve(name + ".log");
    }
}
