package io.flotilla.sessions.internal.web;

import io.flotilla.ClusterDataException;
import io.flotilla.sessions.internal.graph.GraphState;
import io.flotilla.sessions.internal.graph.Immutables;
import io.flotilla.sessions.internal.live.Baseline;
import io.flotilla.sessions.internal.live.Draft;
import io.flotilla.sessions.internal.live.LiveSession;
import io.flotilla.sessions.internal.live.Slot;
import io.flotilla.sessions.internal.wire.AttributeValue;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a session as one request uses them: what it has written, and the objects that it was handed.
 *
 * <p>An object that the application got is compared with itself before each commit: what it is then with what it was when it
 * was read or stored. Its {@linkplain Baseline#state state} tells most times that nothing has changed; its serialized form
 * decides otherwise, against its form right after it was read. Against that form, not the stored bytes, since a collection's
 * bytes may change over one round trip though nobody touched it.
 *
 * <p>Thread-safe; holds no lock while the application's code runs, as its objects' serialization and its listeners are.
 */
final class AttributeView {
    private final SessionScope scope;
    private final SessionEvents events;
    private final LiveSession live;
    private final Set<Slot> written = ConcurrentHashMap.newKeySet();
    private final Set<Slot> held = ConcurrentHashMap.newKeySet();

    AttributeView(SessionScope scope, SessionEvents events, LiveSession live) {
        this.scope = scope;
        this.events = events;
        this.live = live;
    }

    @Nullable
    Object get(HttpSession session, String name) {
        Slot slot = live.slot(name);
        return slot == null ? null : read(session, slot);
    }

    /** The slot's object, which from now on this request may change unseen. */
    private @Nullable Object read(HttpSession session, Slot slot) {
        Object value = live.value(slot);
        StoredAttribute stored = live.stored(slot);
        if (value == null && stored != null) {
            value = readable(session, slot, stored);
        }
        if (value != null && !Immutables.isImmutable(value)) {
            held.add(slot);
        }
        return value;
    }

    private @Nullable Object readable(HttpSession session, Slot slot, StoredAttribute stored) {
        Object value = scope.codec().read(slot.name(), stored.bytes());
        if (value == null) {
            live.unreadable(slot);
            return null;
        }
        return installed(session, slot, value);
    }

    private Object installed(HttpSession session, Slot slot, Object value) {
        Baseline baseline = Immutables.isImmutable(value) ? null : baseline(slot.name(), value);
        events.activated(session, value);
        return live.install(slot, value, baseline);
    }

    private Baseline baseline(String name, Object value) {
        GraphState state = state(value);
        return new Baseline(state, state == null ? scope.codec().encode(name, value) : null);
    }

    /** Null if only the serialized form tells: an object may wait for its passivation to take down what it is. */
    private @Nullable GraphState state(Object value) {
        boolean bytesAlone =
                value instanceof HttpSessionActivationListener || !scope.codec().writesFields();
        return bytesAlone ? null : scope.graphs().stateOf(value);
    }

    void set(HttpSession session, String name, Object value) {
        boolean local = !scope.writing().canBeStored(name, value);
        Slot present = live.slot(name);
        if (present == null || !isSame(value, live.value(present))) {
            events.bound(session, name, value);
        }
        Slot before = written(value, local ? live.writeLocal(name, value) : live.write(name, value));
        Object old = before == null ? null : valueForEvents(session, before);
        if (!isSame(value, old)) {
            events.unbound(session, name, old);
        }
        if (before == null) {
            events.added(session, name, value);
        } else {
            events.replaced(session, name, old);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a value that is set again is not bound again; an equal one is
    private static boolean isSame(Object one, @Nullable Object other) {
        return one == other;
    }

    void remove(HttpSession session, String name) {
        Slot before = written(null, live.write(name, null));
        if (before != null) {
            Object old = valueForEvents(session, before);
            events.unbound(session, name, old);
            events.removed(session, name, old);
        }
    }

    private @Nullable Slot written(@Nullable Object value, LiveSession.Written done) {
        written.add(done.slot());
        if (value != null && !Immutables.isImmutable(value)) {
            held.add(done.slot());
        }
        return done.before();
    }

    /** The value that is going, if there is anybody to tell of it. */
    private @Nullable Object valueForEvents(HttpSession session, Slot slot) {
        Object value = live.value(slot);
        StoredAttribute stored = live.stored(slot);
        if (value != null || stored == null || !(stored.value().bound() || events.hearAttributes())) {
            return value;
        }
        try {
            return installed(session, slot, scope.codec().decode(slot.name(), stored.bytes()));
        } catch (ClusterDataException unreadable) {
            return null;
        }
    }

    /** The session ends: lets go of everything. */
    void removeAll(HttpSession session) {
        live.names().forEach(name -> remove(session, name));
    }

    /** What this request has set and removed since its last commit. */
    Set<Slot> written() {
        return Set.copyOf(written);
    }

    /** These are stored, or others of this JVM have set the attributes since and have them stored. */
    void settled(Set<Slot> slots) {
        written.removeAll(slots);
        held.removeIf(live::isPast);
    }

    /** What is to be stored now. */
    List<Draft.Encoded> changes(HttpSession session, Set<Slot> set) {
        List<Draft.Encoded> changes = new ArrayList<>();
        for (Draft each : live.drafts(set, held)) {
            Draft.Encoded encoded = each.value() == null ? removal(each) : encoded(session, each, each.value());
            if (encoded != null) {
                changes.add(encoded);
            }
        }
        if (!changes.isEmpty()) {
            scope.writing().limits().checkSession(live.sizeWith(changes));
        }
        return changes;
    }

    private static Draft.Encoded removal(Draft draft) {
        return new Draft.Encoded(draft, null, null);
    }

    /** Null if there is nothing to store. */
    private Draft.@Nullable Encoded encoded(HttpSession session, Draft draft, Object value) {
        Baseline before = draft.explicit() ? null : draft.baseline();
        if (before != null && before.holds()) {
            return null;
        }
        GraphState state =
                Immutables.isImmutable(value) ? null : state(value); // first: what changes now is a change then
        byte[] bytes = bytes(session, draft, value);
        if (bytes == null) {
            return null;
        }
        Baseline now = Immutables.isImmutable(value) ? null : new Baseline(state, bytes);
        if (before != null && now != null && Arrays.equals(bytes, bytes(draft, before))) {
            live.unchanged(draft, now);
            return null;
        }
        scope.writing().limits().checkAttribute(draft.name(), bytes.length);
        AttributeValue encoded =
                new AttributeValue(bytes, wantsEvents(value), scope.principal().of(draft.name(), value));
        return new Draft.Encoded(draft, now, encoded);
    }

    /** The object's serialized form when it was in step with the owner; null if that cannot be told any more. */
    private byte @Nullable [] bytes(Draft draft, Baseline before) {
        StoredAttribute base = draft.base();
        if (before.bytes() != null || base == null) {
            return before.bytes();
        }
        try {
            return scope.codec().encode(draft.name(), scope.codec().decode(draft.name(), base.bytes()));
        } catch (ClusterDataException unreadable) {
            return null; // another release has stored it since
        }
    }

    private static boolean wantsEvents(Object value) {
        return value instanceof HttpSessionBindingListener || value instanceof HttpSessionActivationListener;
    }

    /** Null for an object that another thread keeps changing: its request stores it when it is done. */
    private byte @Nullable [] bytes(HttpSession session, Draft draft, Object value) {
        events.passivating(session, value);
        try {
            return draft.explicit()
                    ? scope.codec().encode(draft.name(), value)
                    : scope.codec().tryEncode(draft.name(), value);
        } finally {
            events.activated(session, value);
        }
    }

    /** A conflict was solved by a third value. */
    void settle(Draft draft, @Nullable StoredAttribute present, @Nullable Object merged) {
        LiveSession.Written done = live.merge(draft, present, merged);
        if (!draft.explicit()) {
            held.remove(draft.slot());
        }
        if (done != null) {
            var unused = written(merged, done);
        }
    }

    /** This request's change of an object is given up. */
    void giveWay(Draft draft, @Nullable StoredAttribute present) {
        live.giveWay(draft, present);
        held.remove(draft.slot());
    }

    /** Takes back what was not stored. */
    void discard(HttpSession session) {
        Set<Slot> own = written();
        written.removeAll(own); // the request may come back, and end a second time
        for (LiveSession.TakenBack each : live.discard(own)) {
            events.unbound(session, each.name(), each.value());
            if (each.hasOther()) {
                events.replaced(session, each.name(), each.value());
            } else {
                events.removed(session, each.name(), each.value());
            }
        }
    }
}
