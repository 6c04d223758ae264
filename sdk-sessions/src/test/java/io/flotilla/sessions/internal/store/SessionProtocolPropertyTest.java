package io.flotilla.sessions.internal.store;

import static io.flotilla.sessions.internal.wire.Messages.changeId;
import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.remove;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static io.flotilla.sessions.internal.wire.Messages.texts;
import static io.flotilla.sessions.internal.wire.Messages.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.NewId;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.OwnerAndBackup;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The protocol under any order of things: several members write one session; their messages are delivered twice, late, and
 * in another order; backups get lost; owners die, and backups that lag take their place.
 *
 * <p>What must hold: what was acknowledged stays until something that knew of it replaces it, a session that has ended
 * stays ended, and a member's copy, kept by differences, is the owner's record.
 */
final class SessionProtocolPropertyTest {
    private static final int MEMBERS = 3;
    private static final String ID = "#id";

    private enum Kind {
        OPEN,
        SET,
        SET_TWO,
        REMOVE,
        CHANGE_ID,
        DELIVER,
        DELIVER_AN_OLD_ONE,
        GIVE_UP,
        TOUCH,
        INVALIDATE,
        LOSE_OWNER,
        REPAIR
    }

    /** What a delivery meets. */
    private enum Fate {
        FINE,
        NO_BACKUP,
        NO_ANSWER
    }

    record Step(Kind kind, int member, String attribute, Fate fate, int number) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(Kind.OPEN)),
                Tuple.of(5, Arbitraries.just(Kind.SET)),
                Tuple.of(1, Arbitraries.just(Kind.SET_TWO)),
                Tuple.of(2, Arbitraries.just(Kind.REMOVE)),
                Tuple.of(1, Arbitraries.just(Kind.CHANGE_ID)),
                Tuple.of(11, Arbitraries.just(Kind.DELIVER)),
                Tuple.of(2, Arbitraries.just(Kind.DELIVER_AN_OLD_ONE)),
                Tuple.of(1, Arbitraries.just(Kind.GIVE_UP)),
                Tuple.of(1, Arbitraries.just(Kind.TOUCH)),
                Tuple.of(3, Arbitraries.just(Kind.LOSE_OWNER)),
                Tuple.of(1, Arbitraries.just(Kind.REPAIR)));
        Arbitrary<Kind> withEnd =
                Arbitraries.frequencyOf(Tuple.of(60, kinds), Tuple.of(1, Arbitraries.just(Kind.INVALIDATE)));
        Arbitrary<Fate> fates = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Fate.FINE)),
                Tuple.of(2, Arbitraries.just(Fate.NO_BACKUP)),
                Tuple.of(1, Arbitraries.just(Fate.NO_ANSWER)));
        return Combinators.combine(
                        withEnd,
                        Arbitraries.integers().between(0, MEMBERS - 1),
                        Arbitraries.of("a", "b"),
                        fates,
                        Arbitraries.integers().between(0, 1000))
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(80);
    }

    @Property(tries = 2000)
    @Label("acknowledged stays, ended stays ended, copies are exact")
    void holdsUnderAnyOrder(@ForAll("steps") List<Step> steps) {
        World world = new World();
        for (Step each : steps) {
            world.take(each);
            world.check();
        }
    }

    /** One application of a write to the owner's record. */
    private static final class Event {
        private final String value; // "" for a removal
        private boolean acknowledged;

        Event(String value) {
            this.value = value;
        }
    }

    private static final class Message {
        private final Commit commit;
        private final Map<String, Integer> knew; // by attribute: how much of its history the sender knew
        private final Map<String, Event> applied = new HashMap<>();

        Message(Commit commit, Map<String, Integer> knew) {
            this.commit = commit;
            this.knew = knew;
        }

        /** What it writes: attributes, and the id. */
        Map<String, String> writes() {
            Map<String, String> writes = new HashMap<>();
            for (AttributeChange each : commit.changes()) {
                byte[] bytes = each.bytes();
                writes.put(each.name(), bytes == null ? "" : text(bytes));
            }
            NewId id = commit.head().id();
            if (id != null) {
                writes.put(ID, text(id.sealedSecret()));
            }
            return writes;
        }
    }

    private static final class Member {
        private final long writer;
        private long sequence;
        private Snapshot snapshot = Snapshot.EMPTY;
        private String secret = "s0"; // by which it opened the session
        private Map<String, Integer> knows = new HashMap<>();
        private @Nullable Message waiting;

        Member(long writer) {
            this.writer = writer;
        }
    }

    private static final class World {
        private final OwnerAndBackup session = new OwnerAndBackup();
        private final List<Member> members = new ArrayList<>();
        private final List<Message> sent = new ArrayList<>();
        private final Map<String, List<Event>> history = new HashMap<>();
        private final List<String> secrets = new ArrayList<>();
        private boolean ended;
        private long lastAccess;
        private int values;

        World() {
            for (int i = 0; i < MEMBERS; i++) {
                members.add(new Member(i + 1L));
            }
            Member first = members.get(0);
            send(first, newSession(first.writer, ++first.sequence, "s0", 0, set("a", Version.NONE, "v0")));
            deliver(first, Fate.FINE);
        }

        void take(Step step) {
            Member member = members.get(step.member());
            switch (step.kind()) {
                case OPEN -> open(member, step.fate());
                case SET -> write(member, List.of(setting(member, step.attribute())));
                case SET_TWO -> write(member, List.of(setting(member, "a"), setting(member, "b")));
                case REMOVE -> removal(member, step.attribute()).ifPresent(each -> write(member, List.of(each)));
                case CHANGE_ID -> changeTheId(member);
                case DELIVER -> deliver(member, step.fate());
                case DELIVER_AN_OLD_ONE -> apply(sent.get(step.number() % sent.size()), step.fate());
                case GIVE_UP -> member.waiting = null;
                case TOUCH -> session.touch(secret(currentSecret()), step.fate() != Fate.NO_BACKUP);
                case INVALIDATE -> invalidate(step.fate());
                case LOSE_OWNER -> loseOwner();
                case REPAIR -> session.repair();
            }
            session.pass(step.number() - 300L); // the clock, and the next owner's, may go back
        }

        private void loseOwner() {
            session.promote();
            lastAccess = session.lastAccessed();
        }

        private void invalidate(Fate fate) {
            session.invalidate(fate != Fate.NO_BACKUP);
            ended |= fate == Fate.FINE;
        }

        private void open(Member member, Fate fate) {
            OpenReply reply = session.open(secret(currentSecret()), member.snapshot.version(), fate != Fate.NO_BACKUP);
            if (session.isDead()) {
                assertThat(reply.status()).isEqualTo(OpenReply.Status.GONE);
                return;
            }
            assertThat(reply.found()).isTrue();
            member.snapshot = member.snapshot.updatedBy(reply);
            member.knows = historyLengths();
            member.secret = currentSecret();
            assertThat(member.snapshot.version()).isEqualTo(session.version());
            assertThat(member.snapshot.attributes())
                    .as("the copy kept by %s", reply.status())
                    .isEqualTo(session.attributes());
        }

        private AttributeChange setting(Member member, String name) {
            return set(name, base(member, name), "v" + ++values);
        }

        private static Optional<AttributeChange> removal(Member member, String name) {
            Version base = base(member, name);
            return base.equals(Version.NONE) ? Optional.empty() : Optional.of(remove(name, base));
        }

        private static Version base(Member member, String name) {
            StoredAttribute present = member.snapshot.attributes().get(name);
            return present == null ? Version.NONE : present.version();
        }

        private void write(Member member, List<AttributeChange> changes) {
            if (mayWrite(member)) {
                send(
                        member,
                        update(
                                member.writer,
                                ++member.sequence,
                                member.snapshot.version(),
                                changes.toArray(AttributeChange[]::new)));
            }
        }

        /** One commit at a time leaves a member, and none before it has opened the session. */
        private static boolean mayWrite(Member member) {
            return member.waiting == null && !member.snapshot.version().equals(Version.NONE);
        }

        private void changeTheId(Member member) {
            if (mayWrite(member)) {
                String name = "s" + ++values;
                send(
                        member,
                        changeId(member.writer, ++member.sequence, member.snapshot.version(), member.secret, name));
            }
        }

        private void send(Member member, Commit commit) {
            Message message = new Message(commit, Map.copyOf(member.knows));
            member.waiting = message;
            sent.add(message);
            NewId id = commit.head().id();
            if (id != null) {
                secrets.add(text(id.sealedSecret()).substring("sealed ".length()));
            }
        }

        private void deliver(Member member, Fate fate) {
            Message message = member.waiting;
            if (message == null) {
                return;
            }
            CommitReply reply = apply(message, fate);
            if (fate != Fate.FINE) {
                return; // the sender does not know, and will send it again or give up
            }
            switch (reply.status()) {
                case APPLIED, REPEATED -> {
                    message.applied.values().forEach(each -> each.acknowledged = true);
                    member.waiting = null;
                }
                case GONE -> {
                    assertThat(session.isDead()).as("gone for a reason").isTrue();
                    member.waiting = null;
                }
                case UNAVAILABLE -> throw new AssertionError("no partition is lost here");
                case OUT_OF_TURN -> throw new AssertionError("nobody is exclusive here");
                case CONFLICT -> {
                    Commit again = message.commit.with(++member.sequence, reply.version(), rebased(message, reply));
                    Message next = new Message(again, historyLengths());
                    member.waiting = next;
                    sent.add(next);
                }
            }
        }

        private static List<AttributeChange> rebased(Message message, CommitReply reply) {
            return message.commit.changes().stream()
                    .map(each -> {
                        if (!reply.conflicts().containsKey(each.name())) {
                            return each;
                        }
                        StoredAttribute present = reply.conflicts().get(each.name());
                        return each.on(present == null ? Version.NONE : present.version());
                    })
                    .toList();
        }

        /** Delivers a message, whoever still waits for its answer. */
        private CommitReply apply(Message message, Fate fate) {
            Set<String> before = Set.copyOf(session.attributes().keySet());
            CommitReply reply = session.commit(message.commit, fate != Fate.NO_BACKUP);
            if (reply.status() == CommitReply.Status.APPLIED) {
                Map<String, String> written = message.writes();
                if (reply.isIdRefused()) {
                    written.remove(ID);
                }
                written.forEach((name, value) -> happened(message, name, value, before.contains(name)));
            }
            return reply;
        }

        private void happened(Message message, String name, String value, boolean wasThere) {
            List<Event> events = history.computeIfAbsent(name, same -> new ArrayList<>());
            boolean undoesNothing = value.isEmpty() && !wasThere; // removes what somebody else has removed
            int knew = undoesNothing ? events.size() : message.knew.getOrDefault(name, 0);
            assertThat(events.subList(knew, events.size()).stream().filter(each -> each.acknowledged))
                    .as("acknowledged writes of %s that the writer of '%s' did not know of", name, value)
                    .isEmpty();
            Event event = new Event(value);
            events.add(event);
            message.applied.put(name, event);
        }

        private Map<String, Integer> historyLengths() {
            Map<String, Integer> lengths = new HashMap<>();
            history.forEach((name, events) -> lengths.put(name, events.size()));
            return lengths;
        }

        private String currentSecret() {
            return secrets.stream()
                    .filter(each -> session.isOpenedBy(secret(each)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no secret opens the session"));
        }

        void check() {
            if (ended) {
                assertThat(session.isDead()).as("ended for good").isTrue();
            }
            assertThat(session.lastAccessed()).as("time of access").isGreaterThanOrEqualTo(lastAccess);
            lastAccess = session.lastAccessed();
            if (session.isDead()) {
                return;
            }
            Map<String, String> present = texts(session.attributes());
            present.put(ID, "sealed " + currentSecret());
            history.forEach((name, events) -> {
                int current = lastOf(events, present.getOrDefault(name, ""));
                for (int i = current + 1; i < events.size(); i++) {
                    assertThat(events.get(i).acknowledged)
                            .as(
                                    "'%s' of %s was acknowledged, but the record has '%s'",
                                    events.get(i).value, name, present.get(name))
                            .isFalse();
                }
            });
        }

        private static int lastOf(List<Event> events, String value) {
            for (int i = events.size() - 1; i >= 0; i--) {
                if (events.get(i).value.equals(value)) {
                    return i;
                }
            }
            return -1;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
