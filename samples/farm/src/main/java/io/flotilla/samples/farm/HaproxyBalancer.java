package io.flotilla.samples.farm;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** HAProxy as a process of our own, with a configuration of our own. */
final class HaproxyBalancer implements Balancer {
    /** HAProxy does not care who started it; this ends it when the launcher is gone, however that went. */
    private static final String WITH_ITS_PARENT =
            "exec 3<&0; (cat <&3 >/dev/null; kill $$) 2>/dev/null & exec \"$@\" 3<&-";

    private final ChildProcess process;
    private final Path config;
    private final URI url;

    private HaproxyBalancer(ChildProcess process, Path config, URI url) {
        this.process = process;
        this.config = config;
        this.url = url;
    }

    static HaproxyBalancer start(int port, List<Node> nodes, Path directory) {
        requireInstalled();
        Path config = directory.resolve("haproxy.cfg");
        Path log = directory.resolve("haproxy.log");
        try {
            Files.writeString(config, HaproxyConfig.render(port, nodes));
        } catch (IOException failure) {
            throw FarmFailure.cannotStart("cannot write " + config + ": " + failure);
        }
        validate(config, log);
        List<String> command =
                List.of("/bin/sh", "-c", WITH_ITS_PARENT, "sh", "haproxy", "-db", "-f", config.toString());
        return new HaproxyBalancer(
                ChildProcess.start(command, Map.of(), log), config, URI.create("http://127.0.0.1:" + port));
    }

    /** Checks that the program is there. */
    static void requireInstalled() {
        try {
            Process version = new ProcessBuilder("haproxy", "-v")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            version.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        } catch (IOException missing) {
            throw FarmFailure.cannotStart("HAProxy is not installed; Debian's package is haproxy");
        }
    }

    private static void validate(Path config, Path log) {
        ChildProcess check = ChildProcess.start(List.of("haproxy", "-c", "-f", config.toString()), Map.of(), log);
        if (check.exit().orTimeout(10, TimeUnit.SECONDS).join() != 0) {
            throw FarmFailure.cannotStart("HAProxy refuses " + config + ": " + check.lastLogLine());
        }
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public void close() {
        try {
            process.terminate().orTimeout(10, TimeUnit.SECONDS).join();
        } catch (CompletionException stuck) {
            process.kill();
        }
        process.closeInput();
        DirectoryTree.delete(config);
    }
}
