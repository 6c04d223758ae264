package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.store.Snapshot;
import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.AttributeValue;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one session as one request sees them: the stored bytes below, the objects it was handed above. Values
 * stay bytes until they are asked for, so that one unreadable attribute harms no other.
 *
 * <p>An object that the application got is compared with itself before each commit: its serialized form then against its
 * form right after it was read. Against that form, not the stored bytes, since a collection's bytes may change over one
 * round trip though nobody touched it.
 *
 * <p>Guarded by the exchange that owns it.
 */
final class AttributeTable {
    /** One object in the application's hands. */
    private record Held(@Nullable Object value, byte @Nullable [] baseline, boolean explicit) {}

    private final AttributeCodec codec;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private Snapshot base;

    AttributeTable(AttributeCodec codec, Snapshot base) {
        this.codec = codec;
        this.base = base;
    }

    Snapshot base() {
        return base;
    }

    @Nullable
    Object get(String name) {
        Held present = held.get(name);
        if (present != null) {
            return present.value();
        }
        StoredAttribute stored = base.attributes().get(name);
        if (stored == null) {
            return null;
        }
        Object value = codec.decode(name, stored.bytes());
        byte[] baseline = Immutables.isImmutable(value) ? null : codec.encode(name, value);
        held.put(name, new Held(value, baseline, false));
        return value;
    }

    void set(String name, Object value) {
        held.put(name, new Held(value, null, true));
    }

    void remove(String name) {
        held.put(name, new Held(null, null, true));
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(base.attributes().keySet());
        held.forEach((name, each) -> {
            if (each.value() == null) {
                names.remove(name);
            } else {
                names.add(name);
            }
        });
        return names;
    }

    /** What changed since the last commit: what was set and removed, and objects that are not what they were. */
    List<AttributeChange> changes() {
        List<AttributeChange> changes = new ArrayList<>();
        held.forEach((name, each) -> {
            StoredAttribute stored = base.attributes().get(name);
            Version version = stored == null ? Version.NONE : stored.version();
            Object value = each.value();
            if (each.explicit()) {
                if (value != null || stored != null) {
                    changes.add(new AttributeChange(
                            name, version, true, value == null ? null : AttributeValue.of(codec.encode(name, value))));
                }
            } else if (value != null && each.baseline() != null) {
                byte[] now = codec.encode(name, value);
                if (!Arrays.equals(now, each.baseline())) {
                    changes.add(new AttributeChange(name, version, false, AttributeValue.of(now)));
                }
            }
        });
        return changes;
    }

    /** The changes are stored: what the application holds is now compared with what was sent. */
    void committed(List<AttributeChange> sent, Snapshot now) {
        base = now;
        Map<String, AttributeChange> byName = new HashMap<>();
        sent.forEach(each -> byName.put(each.name(), each));
        held.entrySet().removeIf(each -> each.getValue().value() == null);
        held.replaceAll((name, each) -> {
            AttributeChange change = byName.get(name);
            Object value = each.value();
            if (change == null || value == null) {
                return each;
            }
            return new Held(value, Immutables.isImmutable(value) ? null : change.bytes(), false);
        });
    }
}
