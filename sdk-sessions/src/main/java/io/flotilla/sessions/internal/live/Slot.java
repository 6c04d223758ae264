package io.flotilla.sessions.internal.live;

import io.flotilla.sessions.internal.wire.StoredAttribute;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One value of one attribute in this JVM, from the moment it is read or set until another one takes its place. Requests
 * hold on to the slots of the objects that they got, whatever takes their place meanwhile. Guarded by its session's lock;
 * equal only to itself.
 */
public final class Slot {
    final String name;
    /** What the owner has, as far as this JVM knows; null for nothing. */
    @Nullable
    StoredAttribute stored;
    /** The application's object; null if it was not asked for yet, or is removed. */
    @Nullable
    Object value;
    /** What the object was like when it was last in step with the owner; null if it cannot change. */
    @Nullable
    Baseline baseline;
    /** How many requests have looked whether the object has changed. */
    long looks;
    /** Whether the owner's bytes were found to be unreadable here. */
    boolean unreadable;
    /** Whether it was set or removed by the application and the owner does not know yet. */
    boolean pending;
    /** Whether the owner may have been given this, or what this took the place of, and has not told. */
    boolean sent;
    /** Whether a request of this JVM set or removed the attribute after this: changes inside this object mean nothing. */
    boolean replaced;
    /** Whether the value cannot leave this node: the owner has nothing of it, or is to have nothing. */
    boolean local;
    /** What this pending slot took the place of, in case it cannot be stored. */
    @Nullable
    Slot below;

    private Slot(String name, @Nullable StoredAttribute stored) {
        this.name = name;
        this.stored = stored;
    }

    /** An attribute that nobody here has asked for. */
    static Slot unread(String name, StoredAttribute stored) {
        return new Slot(name, stored);
    }

    /** A value that the application sets, or null as its word for removal, in the place of another slot. */
    static Slot written(String name, @Nullable Object value, @Nullable Slot before) {
        Slot slot = new Slot(name, before == null ? null : before.stored);
        slot.value = value;
        slot.sent = before != null && before.sent;
        slot.pending = value != null || slot.mayBeStored();
        slot.below = before;
        return slot;
    }

    /** A value that cannot leave this node, in the place of another slot. */
    static Slot local(String name, Object value, @Nullable Slot before) {
        Slot slot = written(name, value, before);
        slot.local = true;
        slot.pending = slot.mayBeStored();
        return slot;
    }

    public String name() {
        return name;
    }

    /** Whether there is such an attribute. */
    boolean exists() {
        return value != null || (stored != null && !pending);
    }

    private boolean mayBeStored() {
        return stored != null || sent;
    }

    /** The owner knows of this; what it took the place of is past. */
    void settle() {
        for (Slot each = this; each != null; each = each.below) {
            each.pending = false;
            each.sent = false;
        }
        below = null;
    }

    /** What lies below this and all that is still to be stored with it is known to the owner now. */
    void goesOnTopOf(Slot known) {
        Slot last = this;
        for (Slot each = this; each != null && each.pending; each = each.below) {
            each.stored = known.stored;
            each.sent = false;
            last = each;
        }
        last.below = known;
    }

    /** Whether the owner is to learn of what the application set or removed. */
    boolean isToBeStored() {
        return pending && (mayBeStored() || !local);
    }

    /** Whether the application has the object and may have changed it unseen. */
    boolean mayHaveChanged() {
        return !pending && !replaced && value != null && baseline != null;
    }

    /** The first slot of those that this one took the place of, itself included, that is none of these. */
    @Nullable
    Slot without(Set<Slot> others) {
        Slot stays = this;
        while (stays != null && stays.pending && others.contains(stays)) {
            stays = stays.below;
        }
        if (stays != null && stays.below != null) {
            stays.below = stays.below.without(others);
        }
        return stays;
    }

    Draft draft(long visits) {
        looks++;
        return new Draft(this, pending, local ? null : value, baseline, stored, looks, visits);
    }
}
