package io.flotilla.samples.webapp;

import java.io.PrintStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The program: options in, a running node or an exit code out. */
final class Main {
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    private Main(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a node until it is told to stop.
     *
     * @param args the options, see {@code --help}
     */
    public static void main(String[] args) throws InterruptedException {
        new Main(System.getenv(), System.out, System.err).run(args);
    }

    private void run(String... args) throws InterruptedException {
        ShutdownHook hook = new ShutdownHook();
        try {
            CommandLineReader reader = new CommandLineReader(environment);
            Options options = reader.read(args);
            if (options.help()) {
                out.print(reader.usage());
                return;
            }
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
            Runtime.getRuntime().addShutdownHook(hook);
            ParentWatch.startIfAsked(environment);
            WebNode node = WebNode.start(options);
            hook.started(node);
            node.awaitReady();
        } catch (StartFailure failure) {
            hook.failed(failure);
            err.println(failure.getMessage());
            System.exit(failure.exitCode());
        } catch (RuntimeException bug) {
            hook.failed(bug);
            Logger log = LoggerFactory.getLogger(Main.class);
            log.error("the node cannot start", bug);
            err.println("the node cannot start: " + bug);
            System.exit(1);
        }
    }
}
