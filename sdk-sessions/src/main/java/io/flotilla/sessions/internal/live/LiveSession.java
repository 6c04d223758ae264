package io.flotilla.sessions.internal.live;

import static java.util.Objects.requireNonNull;

import io.flotilla.sessions.internal.store.SessionRepository.Opened;
import io.flotilla.sessions.internal.store.Snapshot;
import io.flotilla.sessions.internal.wire.AttributeValue;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session in this JVM while requests use it. They see each other's changes at once and share the attributes' objects,
 * as in a container; each stores what it changed itself.
 *
 * <h2>What is known of the owner's record</h2>
 *
 * Answers of the owner arrive in any order. One to an OPEN that began after the last change of what is known here is
 * newer than that; of one that was under way meanwhile only the version tells, and an older one is left aside. A newer
 * value takes the place of an older one in its slot's stead; a request that holds the older object goes on with it, and
 * its changes meet the newer value when they are stored.
 *
 * <p>Thread-safe by its own lock, under which neither the application's code runs nor the cluster is called.
 */
public final class LiveSession {
    /** Whether there is a record behind this. */
    private enum State {
        /** Not stored yet; the first commit creates it. */
        NEW,
        /** Stored. */
        STORED,
        /** Works, and is forgotten with its request. */
        DETACHED,
        /** Being ended by a request of this JVM, which alone may still read it. */
        ENDING,
        /** Gone. */
        ENDED
    }

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int FIXED_WEIGHT = 300;
    private static final int SLOT_WEIGHT = 200;
    /** How much larger than its serialized form an object is, with what is remembered to compare it. */
    private static final long OBJECT_WEIGHT = 5;

    private final String key;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private State state;
    private Version version = Version.NONE; // of the record that the slots stand for; NONE if they stand for a mixture
    private long newest; // the highest counter that any of this has
    private long ticks;
    private long changedAt;
    private long created;
    private int maxInactiveSeconds;
    private boolean timeoutChanged;
    private boolean creationSent;
    private boolean spoilt;
    private boolean filled; // whether anything is known of the session
    private @Nullable Long endOperation;
    private int users;
    private long visits; // how often a request has come

    private LiveSession(String key, State state) {
        this.key = key;
        this.state = state;
    }

    /** For a key under which there may be a session. */
    static LiveSession maybe(String key) {
        return new LiveSession(key, State.STORED);
    }

    static LiveSession fresh(String key, long created, int maxInactiveSeconds) {
        LiveSession session = new LiveSession(key, State.NEW);
        session.born(created, maxInactiveSeconds);
        return session;
    }

    /** A session that is never stored, with these attributes. */
    public static LiveSession detached(
            String key, long created, int maxInactiveSeconds, Map<String, StoredAttribute> attributes) {
        LiveSession session = new LiveSession(key, State.DETACHED);
        session.born(created, maxInactiveSeconds);
        attributes.forEach((name, each) -> session.slots.put(name, Slot.unread(name, each)));
        return session;
    }

    /** What the owner is known to have of it, for objects of its own. */
    synchronized LiveSession copy() {
        LiveSession copy = new LiveSession(key, isValid() ? state : State.ENDED);
        copy.created = created;
        copy.maxInactiveSeconds = maxInactiveSeconds;
        copy.filled = filled;
        copy.version = timeoutChanged ? Version.NONE : version;
        copy.newest = newest;
        slots.forEach((name, each) -> {
            if (each.stored != null) {
                copy.slots.put(name, Slot.unread(name, each.stored));
            }
        });
        return copy;
    }

    private void born(long when, int timeout) {
        created = when;
        maxInactiveSeconds = timeout;
        timeoutChanged = true;
        filled = true;
    }

    public String key() {
        return key;
    }

    synchronized void enter() {
        users++;
        visits++;
    }

    /** Whether nobody is left. */
    synchronized boolean exit() {
        users--;
        return users <= 0;
    }

    /** To be taken before the owner is asked for the session. */
    public synchronized long ticket() {
        return ++ticks;
    }

    /**
     * Takes in what the owner has answered to an OPEN.
     *
     * @return false if the answer is older than part of what is known here, and that is no whole: the owner has to be asked
     *     again
     */
    public synchronized boolean refresh(Opened opened, long ticket) {
        Snapshot snapshot = opened.snapshot();
        if (ticket <= changedAt && snapshot.version().counter() < newest) {
            return !version.equals(Version.NONE);
        }
        filled = true;
        created = snapshot.created();
        if (!timeoutChanged) {
            maxInactiveSeconds = snapshot.maxInactiveSeconds();
        }
        if (!snapshot.version().equals(version)) {
            slots.values()
                    .removeIf(each -> !each.pending
                            && !each.local
                            && !snapshot.attributes().containsKey(each.name));
            snapshot.attributes().forEach(this::refresh);
            known(snapshot.version());
            if (!isAllOf(snapshot)) {
                version = Version.NONE;
            }
        }
        return true;
    }

    private void refresh(String name, StoredAttribute now) {
        Slot slot = slots.get(name);
        if (slot == null || !(slot.pending || isSame(slot.stored, now))) {
            slots.put(name, Slot.unread(name, now));
        }
    }

    /** Not if a value that is still to be stored goes on top of an older one. */
    private boolean isAllOf(Snapshot snapshot) {
        return slots.values().stream()
                .allMatch(each -> isSame(each.stored, snapshot.attributes().get(each.name)));
    }

    private static boolean isSame(@Nullable StoredAttribute one, @Nullable StoredAttribute other) {
        return versionOf(one).equals(versionOf(other));
    }

    private static Version versionOf(@Nullable StoredAttribute stored) {
        return stored == null ? Version.NONE : stored.version();
    }

    private void known(Version now) {
        version = now;
        newest = Math.max(newest, now.counter());
        changedAt = ++ticks;
    }

    /** The attribute's slot, null if there is no such attribute. */
    public synchronized @Nullable Slot slot(String name) {
        Slot slot = slots.get(name);
        return slot == null || !slot.exists() ? null : slot;
    }

    /** The slot's object, null if it has to be read from {@link #stored} first. */
    public synchronized @Nullable Object value(Slot slot) {
        return slot.value;
    }

    public synchronized @Nullable StoredAttribute stored(Slot slot) {
        return slot.stored;
    }

    /**
     * Puts an object that was just read into its slot, unless another request was faster.
     *
     * @param baseline what it is like now, null if it cannot change
     * @return the slot's object
     */
    public synchronized Object install(Slot slot, Object value, @Nullable Baseline baseline) {
        if (slot.value == null) {
            slot.value = value;
            slot.baseline = baseline;
        }
        return slot.value;
    }

    /** The slot's bytes cannot be read in this application: it is as if it was not there. */
    public synchronized void unreadable(Slot slot) {
        slot.unreadable = true;
    }

    public synchronized Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        slots.forEach((name, each) -> {
            if (each.exists() && !each.unreadable) {
                names.add(name);
            }
        });
        return names;
    }

    /** What writing an attribute has done: its slot, and the one that it took the place of if there was such a one. */
    public record Written(Slot slot, @Nullable Slot before) {}

    /** Sets an attribute, or removes it if the value is null. */
    public synchronized Written write(String name, @Nullable Object value) {
        Slot before = slots.get(name);
        Slot slot = Slot.written(name, value, before);
        return put(slot, before);
    }

    /** Sets an attribute to a value that cannot leave this node; the owner is to have none. */
    public synchronized Written writeLocal(String name, Object value) {
        Slot before = slots.get(name);
        return put(Slot.local(name, value, before), before);
    }

    private Written put(Slot slot, @Nullable Slot before) {
        if (before != null) {
            before.replaced = true;
        }
        slots.put(slot.name, slot);
        return new Written(slot, before != null && before.exists() ? before : null);
    }

    synchronized Map<String, Object> locals() {
        Map<String, Object> locals = new LinkedHashMap<>();
        slots.forEach((name, each) -> {
            if (each.local && each.value != null) {
                locals.put(name, each.value);
            }
        });
        return locals;
    }

    /**
     * Takes over what requests of another live session have done to the values of this node, unless a request of this one has
     * written the same attribute and not stored it yet.
     *
     * @param before what the values were that they began with
     * @param now what they are
     */
    synchronized void follow(Map<String, Object> before, Map<String, Object> now) {
        before.forEach((name, value) -> {
            Slot slot = slots.get(name);
            if (!now.containsKey(name)
                    && slot != null
                    && slot.local
                    && !slot.pending
                    && isIdentical(value, slot.value)) {
                slots.remove(name);
            }
        });
        now.forEach((name, value) -> {
            if (!isIdentical(value, before.get(name)) && !isPending(name)) {
                slots.put(name, Slot.local(name, value, null));
            }
        });
    }

    private boolean isPending(String name) {
        Slot slot = slots.get(name);
        return slot != null && slot.pending;
    }

    @SuppressWarnings("ReferenceEquality") // an equal object is another one
    private static boolean isIdentical(Object one, @Nullable Object other) {
        return one == other;
    }

    /** A value that was taken back, and whether the attribute has another one now. */
    public record TakenBack(String name, Object value, boolean hasOther) {}

    /** Takes back what a request has written and could not store. */
    public synchronized List<TakenBack> discard(Set<Slot> own) {
        List<Slot> values = own.stream()
                .filter(each -> each.pending && !each.replaced && each.value != null)
                .toList();
        own.stream().map(Slot::name).distinct().forEach(name -> discard(name, own));
        return values.stream()
                .map(each -> new TakenBack(each.name, requireNonNull(each.value), slot(each.name) != null))
                .toList();
    }

    private void discard(String name, Set<Slot> own) {
        Slot current = slots.get(name);
        if (current == null || !current.pending) {
            return;
        }
        Slot stays = current.without(own);
        if (current.equals(stays)) {
            return;
        }
        StoredAttribute stored = current.stored;
        if (stays != null && (stays.pending || isSame(stays.stored, stored))) {
            stays.stored = stored;
            stays.replaced = false;
            slots.put(name, stays);
        } else if (stored != null) {
            slots.put(name, Slot.unread(name, stored));
        } else {
            slots.remove(name);
        }
    }

    private boolean isCurrent(Slot slot) {
        return slot.equals(slots.get(slot.name));
    }

    /**
     * What a request may have to store: the attributes that it has written, as they are now, and the objects that it holds.
     * An object that a neighbour has set and not stored yet is among them: this request may have changed it.
     */
    public synchronized List<Draft> drafts(Collection<Slot> written, Collection<Slot> held) {
        Set<Slot> changed = new LinkedHashSet<>();
        // Older objects first: where a request has changed two of one attribute, the one that others see is to stay.
        held.stream()
                .map(this::present)
                .filter(each -> !isCurrent(each) && each.mayHaveChanged())
                .forEach(changed::add);
        held.stream()
                .map(this::present)
                .filter(each -> isCurrent(each) && (each.mayHaveChanged() || each.isToBeStored()))
                .forEach(changed::add);
        written.stream()
                .filter(each -> each.pending)
                .map(Slot::name)
                .map(slots::get)
                .filter(Objects::nonNull)
                .filter(Slot::isToBeStored)
                .forEach(changed::add);
        return changed.stream()
                .map(each -> each.draft(users <= 1 ? visits : Draft.IN_COMPANY))
                .toList();
    }

    /** Whether another value is stored in its place, so that changes inside it mean nothing for good. */
    public synchronized boolean isPast(Slot held) {
        Slot current = slots.get(held.name);
        return held.replaced
                && (current == null || !current.pending)
                && present(held).equals(held);
    }

    /** Where an object that a request holds is now: another request may have set the same one again. */
    @SuppressWarnings("ReferenceEquality") // an equal object is another one
    private Slot present(Slot held) {
        Slot current = slots.get(held.name);
        return current != null && held.replaced && current.value == held.value ? current : held;
    }

    /** The bytes of all attributes as they will be with these. */
    public synchronized long sizeWith(List<Draft.Encoded> changes) {
        Map<String, Integer> sizes = new HashMap<>();
        slots.forEach((name, each) -> sizes.put(name, each.stored == null ? 0 : each.stored.bytes().length));
        changes.forEach(each -> sizes.put(
                each.draft().name(), each.value() == null ? 0 : each.value().bytes().length));
        return sizes.values().stream().mapToLong(Integer::longValue).sum();
    }

    /** Whether the drafts still are what there is to store, on the base that they name. If so the owner may soon have them. */
    public synchronized boolean send(List<Draft.Encoded> encoded) {
        boolean holds = encoded.stream().map(Draft.Encoded::draft).allMatch(this::holds);
        if (holds) {
            encoded.forEach(each -> each.draft().slot().sent = each.draft().explicit());
            creationSent |= state == State.NEW;
        }
        return holds;
    }

    private boolean holds(Draft draft) {
        Slot slot = draft.slot();
        boolean same = isSame(slot.stored, draft.base());
        return same && (draft.explicit() ? slot.pending && isCurrent(slot) : slot.mayHaveChanged());
    }

    /**
     * The owner has stored these, and the timeout if there is one.
     *
     * @return whether a neighbour has looked at one of the objects meanwhile: it may have turned back a change inside, which
     *     was not news then, but is by now
     */
    public synchronized boolean applied(List<Draft.Encoded> sent, @Nullable Integer timeout, CommitReply reply) {
        boolean repeated = reply.status() == CommitReply.Status.REPEATED;
        // Others may have stored the same attributes since a commit that is repeated: nobody has this version.
        Version stored = repeated ? new Version(0, ++ticks) : reply.version();
        sent.forEach(each -> applied(each, stored));
        if (state == State.NEW) {
            state = State.STORED;
        }
        if (reply.isCreation()) {
            created = reply.created(); // all nodes are to say the same
        }
        if (timeout != null && timeout == maxInactiveSeconds) {
            timeoutChanged = false;
        }
        boolean nothingBetween =
                reply.status() == CommitReply.Status.APPLIED && reply.before().equals(version);
        known(reply.version());
        if (!nothingBetween) {
            version = Version.NONE; // what others stored in between comes with the next request
        }
        return sent.stream().map(Draft.Encoded::draft).anyMatch(each -> each.slot().looks != each.look());
    }

    private void applied(Draft.Encoded sent, Version now) {
        Slot slot = sent.draft().slot();
        AttributeValue value = sent.value();
        slot.stored =
                value == null ? null : new StoredAttribute(now, sent.draft().explicit(), value);
        slot.baseline = certain(sent.draft(), sent.baseline());
        slot.settle();
        Slot current = slots.get(slot.name);
        if (current != null && !slot.equals(current) && current.pending) {
            current.goesOnTopOf(slot);
        } else if (!isNewer(current, now)) {
            put(slot);
        }
    }

    /** An object turned out to be what it was. */
    public synchronized void unchanged(Draft draft, Baseline now) {
        Slot slot = draft.slot();
        if (!slot.pending && Objects.equals(slot.baseline, draft.baseline())) {
            slot.baseline = certain(draft, now);
        }
    }

    /**
     * The state was taken before the bytes. A neighbour may have changed the object in between, and may take that back, even
     * if he has gone since: only the bytes tell then.
     */
    private @Nullable Baseline certain(Draft draft, @Nullable Baseline taken) {
        return taken == null || draft.visits() == visits ? taken : taken.ofBytes();
    }

    private void put(Slot slot) {
        if (slot.stored == null && !slot.local) {
            slots.remove(slot.name);
        } else {
            slots.put(slot.name, slot);
        }
    }

    private static boolean isNewer(@Nullable Slot slot, Version than) {
        StoredAttribute stored = slot == null ? null : slot.stored;
        return stored != null && stored.version().counter() > than.counter();
    }

    /** Another member has stored the same attribute; this request's change is to go on top of that. */
    public synchronized void rebase(Draft draft, @Nullable StoredAttribute present) {
        Slot slot = draft.slot();
        if (!draft.explicit() && !hasSameBytes(slot.stored, present)) {
            slot.baseline = Baseline.OF_OWNER; // the object may be turned back to what it was, which is a change now
        }
        slot.stored = present;
    }

    private static boolean hasSameBytes(@Nullable StoredAttribute one, @Nullable StoredAttribute other) {
        return one != null && other != null && Arrays.equals(one.bytes(), other.bytes());
    }

    /**
     * Another member has stored the same attribute, and this is made of both.
     *
     * @return null if another request has set the attribute since the draft was made: that stays
     */
    public synchronized @Nullable Written merge(
            Draft draft, @Nullable StoredAttribute present, @Nullable Object merged) {
        if (draft.explicit()) {
            rebase(draft, present);
            return isCurrent(draft.slot()) ? write(draft.name(), merged) : null;
        }
        giveWay(draft, present);
        Slot current = slots.get(draft.name());
        return current != null && current.pending ? null : write(draft.name(), merged);
    }

    /** Another member has stored the same attribute, and this request's change gives way. */
    public synchronized void giveWay(Draft draft, @Nullable StoredAttribute present) {
        Slot slot = draft.slot();
        slot.replaced = true;
        Slot current = slots.get(slot.name);
        if (current != null && current.pending) {
            return;
        }
        if (present == null) {
            slots.remove(slot.name);
        } else {
            slots.put(slot.name, Slot.unread(slot.name, present));
        }
    }

    /** The record's version that this stands for; {@link Version#NONE} if it stands for none. */
    public synchronized Version version() {
        return version;
    }

    /** What this stands for, to be kept when no request uses it any more; null if it stands for no version. */
    public synchronized @Nullable Snapshot snapshot() {
        if (version.equals(Version.NONE) || timeoutChanged) {
            return null;
        }
        Map<String, StoredAttribute> attributes = new LinkedHashMap<>();
        slots.forEach((name, each) -> {
            if (each.stored != null) {
                attributes.put(name, each.stored);
            }
        });
        return new Snapshot(version, created, maxInactiveSeconds, attributes);
    }

    /** A request could not store what it changed: objects may differ from what the owner has, unknown to anybody. */
    public synchronized void spoil() {
        spoilt = true;
    }

    /** Whether a request that comes now may have its objects. */
    synchronized boolean isFitForMore() {
        return state != State.ENDED && !spoilt;
    }

    /** Whether it is more than a question to the owner that nobody has answered yet. */
    synchronized boolean isFilled() {
        return filled;
    }

    /** Whether its objects are worth keeping while no request uses them, and in step with the owner. */
    synchronized boolean isWorthKeeping() {
        return state == State.STORED
                && !spoilt
                && !timeoutChanged
                && slots.values().stream().noneMatch(each -> each.pending || each.sent)
                && slots.values().stream().anyMatch(each -> each.value != null && each.stored != null);
    }

    /** A rough count of the memory that this holds. */
    synchronized int weight() {
        long bytes = FIXED_WEIGHT;
        for (Slot each : slots.values()) {
            StoredAttribute stored = each.stored;
            long size = stored == null ? 0 : stored.bytes().length;
            bytes += SLOT_WEIGHT + (each.value == null ? size : OBJECT_WEIGHT * size);
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    public synchronized long created() {
        return created;
    }

    public synchronized int maxInactiveSeconds() {
        return maxInactiveSeconds;
    }

    public synchronized void setMaxInactiveSeconds(int seconds) {
        timeoutChanged |= seconds != maxInactiveSeconds;
        maxInactiveSeconds = seconds;
    }

    /** The timeout if the owner does not know it yet. */
    public synchronized @Nullable Integer changedTimeout() {
        return timeoutChanged ? maxInactiveSeconds : null;
    }

    public synchronized boolean isNew() {
        return state == State.NEW;
    }

    /** Whether the owner may have a record of it, if its answer to the creation was lost. */
    public synchronized boolean mayBeStored() {
        return state == State.STORED || creationSent;
    }

    public synchronized boolean isDetached() {
        return state == State.DETACHED;
    }

    /** Whether it may be used by any request. */
    public synchronized boolean isValid() {
        return state != State.ENDED && state != State.ENDING;
    }

    public synchronized boolean isEnded() {
        return state == State.ENDED;
    }

    /** The random number of this session's end, the same if it is tried again: the answer to the first try may have been lost. */
    public synchronized long endOperation() {
        if (endOperation == null) {
            endOperation = RANDOM.nextLong();
        }
        return endOperation;
    }

    /** Begins the end; false if it has begun before. */
    public synchronized boolean beginEnd() {
        boolean first = isValid();
        if (first) {
            state = State.ENDING;
        }
        return first;
    }

    public synchronized void end() {
        state = State.ENDED;
    }
}
