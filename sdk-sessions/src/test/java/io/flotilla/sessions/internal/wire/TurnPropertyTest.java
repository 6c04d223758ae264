package io.flotilla.sessions.internal.wire;

import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
 * Exclusive requests of one session under any order of things: turns run out, their members leave, messages are delivered
 * twice and late, backups and answers get lost, owners die.
 *
 * <p>What must hold: whatever a request stores goes on top of exactly the state that it has seen or left itself, though
 * each writes attributes of its own, which no version guards. And what was acknowledged stays.
 */
final class TurnPropertyTest {
    private static final int REQUESTS = 4;

    private enum Kind {
        OPEN,
        WRITE,
        DELIVER,
        DELIVER_AN_OLD_ONE,
        KEEP,
        FINISH,
        TURNS_RUN_OUT,
        MEMBER_LEAVES,
        LOSE_OWNER,
        REPAIR
    }

    /** What a delivery meets. */
    private enum Fate {
        FINE,
        NO_BACKUP,
        NO_ANSWER
    }

    record Step(Kind kind, int request, Fate fate, int number) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(Kind.OPEN)),
                Tuple.of(6, Arbitraries.just(Kind.WRITE)),
                Tuple.of(8, Arbitraries.just(Kind.DELIVER)),
                Tuple.of(2, Arbitraries.just(Kind.DELIVER_AN_OLD_ONE)),
                Tuple.of(1, Arbitraries.just(Kind.KEEP)),
                Tuple.of(2, Arbitraries.just(Kind.FINISH)),
                Tuple.of(3, Arbitraries.just(Kind.TURNS_RUN_OUT)),
                Tuple.of(1, Arbitraries.just(Kind.MEMBER_LEAVES)),
                Tuple.of(3, Arbitraries.just(Kind.LOSE_OWNER)),
                Tuple.of(1, Arbitraries.just(Kind.REPAIR)));
        Arbitrary<Fate> fates = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Fate.FINE)),
                Tuple.of(2, Arbitraries.just(Fate.NO_BACKUP)),
                Tuple.of(1, Arbitraries.just(Fate.NO_ANSWER)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, REQUESTS - 1),
                        fates,
                        Arbitraries.integers().between(0, 1000))
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(80);
    }

    @Property(tries = 3000)
    @Label("each stores on top of what it has seen")
    void exclusiveRequestsAreSerializable(@ForAll("steps") List<Step> steps) {
        World world = new World();
        steps.forEach(world::take);
    }

    /** One commit on its way. */
    private record Message(Request from, Commit commit) {}

    /** An exclusive request, which waits for its turn, has it, or has lost it without knowing. */
    private static final class Request {
        private final TurnClaim claim;
        private final long writer;
        private Version seen = Version.NONE; // NONE before its turn
        private long turn;
        private @Nullable Message waiting;
        private long sequence;

        Request(int number) {
            claim = new TurnClaim(number + 1L, new UUID(number, number));
            writer = number + 100L;
        }
    }

    private static final class World {
        private final OwnerAndBackup session = new OwnerAndBackup();
        private final List<Request> requests = new ArrayList<>();
        private final List<Message> sent = new ArrayList<>();
        private final List<String> acknowledged = new ArrayList<>();
        private int begun;
        private int values;

        World() {
            for (int i = 0; i < REQUESTS; i++) {
                requests.add(new Request(begun++));
            }
            session.commit(newSession(1, 1, "s", 0), true);
        }

        void take(Step step) {
            Request request = requests.get(step.request());
            switch (step.kind()) {
                case OPEN -> open(request, step.fate());
                case WRITE -> write(request);
                case DELIVER -> deliver(request, step.fate());
                case DELIVER_AN_OLD_ONE -> {
                    if (!sent.isEmpty()) {
                        apply(sent.get(step.number() % sent.size()), step.fate());
                    }
                }
                case KEEP -> session.keepTurn(request.claim, request.turn, step.fate() != Fate.NO_BACKUP);
                case FINISH -> finish(step.request(), step.fate());
                case TURNS_RUN_OUT -> session.pass(Turn.LEASE.toMillis());
                case MEMBER_LEAVES -> session.leave(request.claim.member());
                case LOSE_OWNER -> session.promote();
                case REPAIR -> session.repair();
            }
            session.pass(step.number() - 300L); // the clock, and the next owner's, may go back
            assertThat(session.attributes().keySet()).as("acknowledged").containsAll(acknowledged);
        }

        private void open(Request request, Fate fate) {
            if (request.waiting != null) {
                return;
            }
            OpenReply reply = session.openInTurn(secret("s"), Version.NONE, request.claim, fate != Fate.NO_BACKUP);
            if (fate == Fate.FINE && reply.found()) {
                request.seen = reply.version();
                request.turn = reply.turn();
            }
        }

        private void write(Request request) {
            if (request.waiting == null && !request.seen.equals(Version.NONE)) {
                Commit commit = new Commit(
                        request.writer,
                        ++request.sequence,
                        request.seen,
                        HeadChange.NONE,
                        List.of(set("v" + ++values, Version.NONE, "x")),
                        request.turn);
                Message message = new Message(request, commit);
                request.waiting = message;
                sent.add(message);
            }
        }

        private void deliver(Request request, Fate fate) {
            Message message = request.waiting;
            if (message == null) {
                return;
            }
            CommitReply reply = apply(message, fate);
            if (fate != Fate.FINE) {
                return; // the request does not know, and will send it again
            }
            switch (reply.status()) {
                case APPLIED, REPEATED -> {
                    acknowledged.add(message.commit.changes().get(0).name());
                    request.seen = reply.status() == CommitReply.Status.APPLIED ? reply.version() : Version.NONE;
                    request.waiting = null;
                }
                case OUT_OF_TURN -> finish(requests.indexOf(request), Fate.FINE);
                case CONFLICT, GONE, UNAVAILABLE -> throw new AssertionError(reply.status());
            }
        }

        private CommitReply apply(Message message, Fate fate) {
            CommitReply reply = session.commit(message.commit, fate != Fate.NO_BACKUP);
            if (reply.status() == CommitReply.Status.APPLIED) {
                assertThat(reply.before()).as("what the request has seen").isEqualTo(message.commit.seen());
            }
            return reply;
        }

        /** Another one comes in its place. */
        private void finish(int place, Fate fate) {
            if (fate != Fate.NO_ANSWER) { // or the message is lost
                session.giveTurnBack(requests.get(place).claim, fate != Fate.NO_BACKUP);
            }
            requests.set(place, new Request(begun++));
        }
    }
}
