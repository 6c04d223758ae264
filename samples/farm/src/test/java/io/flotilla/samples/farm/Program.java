package io.flotilla.samples.farm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
record Program(int exitCode, String out, String err) {

    static Program webapp(String... args) throws Exception {
        return run(NodeSettings.webappJar(), Map.of(), args);
    }

    static Program webapp(Map<String, String> environment, String... args) throws Exception {
        return run(NodeSettings.webappJar(), environment, args);
    }

    static Program farm(String... args) throws Exception {
        return run(farmJar(), Map.of(), args);
    }

    static Path farmJar() {
        return Path.of(System.getProperty("flotilla.farm.jar"));
    }

    static List<String> java(Path jar, String... args) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(List.of(args));
        return command;
    }

    private static Program run(Path jar, Map<String, String> environment, String... args) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(java(jar, args));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            int exitCode = process.onExit().get(60, TimeUnit.SECONDS).exitValue();
            return new Program(exitCode, out.get(5, TimeUnit.SECONDS), err.get(5, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(java.io.InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
