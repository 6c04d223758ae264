package io.flotilla.sessions.internal.store;

import io.flotilla.sessions.internal.wire.Attributes;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A session at one version, as this member last heard of it. Immutable. Never used without asking the owner whether it
 * still holds.
 *
 * @param version the version
 * @param created when the session was created, milliseconds
 * @param maxInactiveSeconds the timeout; zero or less for never
 * @param attributes the attributes
 */
public record Snapshot(Version version, long created, int maxInactiveSeconds, Map<String, StoredAttribute> attributes) {
    public static final Snapshot EMPTY = new Snapshot(Version.NONE, 0, 0, Map.of());

    /** Takes the attributes over into a form that takes little room. */
    public Snapshot {
        attributes = Attributes.of(attributes);
    }

    /** This snapshot brought up to date by the owner's answer to an OPEN that named this snapshot's version. */
    Snapshot updatedBy(OpenReply reply) {
        return switch (reply.status()) {
            case NOT_MODIFIED -> this;
            case CHANGED -> of(reply, merge(reply.names(), reply.attributes()));
            default -> of(reply, reply.attributes());
        };
    }

    private static Snapshot of(OpenReply reply, Map<String, StoredAttribute> attributes) {
        return new Snapshot(reply.version(), reply.created(), reply.maxInactiveSeconds(), attributes);
    }

    private Map<String, StoredAttribute> merge(Set<String> names, Map<String, StoredAttribute> newer) {
        Map<String, StoredAttribute> merged = new LinkedHashMap<>();
        for (String name : names) {
            StoredAttribute each = newer.getOrDefault(name, attributes.get(name));
            if (each != null) {
                merged.put(name, each);
            }
        }
        return merged;
    }

    /** A rough count of the memory that this snapshot holds, with its key and its place among the others. */
    int weight() {
        long bytes = 300;
        for (Map.Entry<String, StoredAttribute> each : attributes.entrySet()) {
            bytes += 70 + each.getValue().bytes().length; // the name is many sessions'
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }
}
