package io.flotilla.sessions.internal.store;

import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The attributes of a session at one version, as this member last heard of them. Immutable. Never used without asking the
 * owner whether it still holds.
 */
public record Snapshot(Version version, Map<String, StoredAttribute> attributes) {
    public static final Snapshot EMPTY = new Snapshot(Version.NONE, Map.of());

    /** This snapshot brought up to date by the owner's answer to an OPEN that named this snapshot's version. */
    Snapshot updatedBy(OpenReply reply) {
        return switch (reply.status()) {
            case NOT_MODIFIED -> this;
            case CHANGED -> new Snapshot(reply.version(), merge(reply.names(), reply.attributes()));
            default -> new Snapshot(reply.version(), reply.attributes());
        };
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

    /** A rough count of the memory that this snapshot holds. */
    int weight() {
        long bytes = 200;
        for (Map.Entry<String, StoredAttribute> each : attributes.entrySet()) {
            bytes += 120 + 2L * each.getKey().length() + each.getValue().bytes().length;
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }
}
