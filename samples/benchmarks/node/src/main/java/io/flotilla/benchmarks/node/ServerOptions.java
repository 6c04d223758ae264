package io.flotilla.benchmarks.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the benchmark tells a server: arguments of the form {@code name=value}. */
public final class ServerOptions {
    private final Map<String, String> values = new HashMap<>();

    private ServerOptions() {}

    /**
     * Reads the arguments of a server.
     *
     * @throws IllegalArgumentException if one is not of the form {@code name=value}
     */
    public static ServerOptions parse(String... arguments) {
        ServerOptions options = new ServerOptions();
        for (String each : arguments) {
            String[] parts = each.split("=", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("an argument must be of the form name=value, was " + each);
            }
            options.values.put(parts[0], parts[1]);
        }
        return options;
    }

    /** A name for this server. */
    public String node() {
        return required("node");
    }

    /** Where the others find this server, as {@code host:port}; of systems whose servers talk to each other. */
    public String member() {
        return required("member");
    }

    /** Where this server finds those that were started before. */
    public List<String> others() {
        String others = required("others");
        return others.isEmpty() ? List.of() : List.of(others.split(",", -1));
    }

    /** Where the store is, as {@code host:port}; of systems that have one. */
    public String store() {
        return required("store");
    }

    /** The serialized size of a session's content. */
    public int content() {
        return Integer.parseInt(required("content"));
    }

    /** Whether responses are committed before the servlet is done with them. */
    boolean commitsEarly() {
        return is("commitsEarly");
    }

    /** Whether a switch is on. */
    public boolean is(String name) {
        return Boolean.parseBoolean(values.get(name));
    }

    private String required(String name) {
        @Nullable String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there must be an argument " + name + "=…");
        }
        return value;
    }
}
