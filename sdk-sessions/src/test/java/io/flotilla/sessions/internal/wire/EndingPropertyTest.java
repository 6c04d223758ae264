package io.flotilla.sessions.internal.wire;

import static io.flotilla.sessions.internal.wire.Messages.login;
import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static io.flotilla.sessions.internal.wire.Messages.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 * The end of a session under any order of things: it times out, an operator and its own request end it at the same time,
 * members claim it and crash, backups get lost, owners die.
 *
 * <p>What must hold: a session whose end was told or acknowledged never serves a request again; it ends in one way only;
 * its listeners are told at least once, of one event, and once if no member crashes while it tells.
 */
final class EndingPropertyTest {
    private static final int MEMBERS = 3;
    private static final int TIMEOUT_SECONDS = 60;
    private static final String PRINCIPAL = "ann";

    private enum Kind {
        OPEN,
        COMMIT,
        PASS,
        CLAIM,
        TELL,
        FINISH,
        CRASH,
        END,
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

    record Step(Kind kind, int member, Fate fate, int millis) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Kind.OPEN)),
                Tuple.of(3, Arbitraries.just(Kind.COMMIT)),
                Tuple.of(8, Arbitraries.just(Kind.PASS)),
                Tuple.of(6, Arbitraries.just(Kind.CLAIM)),
                Tuple.of(4, Arbitraries.just(Kind.TELL)),
                Tuple.of(4, Arbitraries.just(Kind.FINISH)),
                Tuple.of(1, Arbitraries.just(Kind.CRASH)),
                Tuple.of(1, Arbitraries.just(Kind.END)),
                Tuple.of(1, Arbitraries.just(Kind.INVALIDATE)),
                Tuple.of(3, Arbitraries.just(Kind.LOSE_OWNER)),
                Tuple.of(1, Arbitraries.just(Kind.REPAIR)));
        Arbitrary<Fate> fates = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(Fate.FINE)),
                Tuple.of(1, Arbitraries.just(Fate.NO_BACKUP)),
                Tuple.of(1, Arbitraries.just(Fate.NO_ANSWER)));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, MEMBERS - 1),
                        fates,
                        Arbitraries.integers().between(0, 19_000))
                .as(Step::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(80);
    }

    @Property(tries = 2000)
    @Label("never alive again; told at least once of one event, and once without a crash")
    void endsOnceUnderAnyOrder(@ForAll("steps") List<Step> steps) {
        World world = new World();
        for (Step each : steps) {
            world.take(each);
        }
        world.settle();
    }

    /** A member that tells listeners. It sends a claim until it has an answer, and renews its lease as long as it tells. */
    private static final class Member {
        private long lease;
        private @Nullable SessionRecord claimed;
        private boolean hasTold;

        void reset() {
            lease = 0;
            claimed = null;
            hasTold = false;
        }
    }

    private static final class World {
        private final OwnerAndBackup session = new OwnerAndBackup();
        private final List<Member> members = new ArrayList<>();
        private final List<Long> told = new ArrayList<>();
        private Version version;
        private long numbers = 1_000_000;
        private long pendingEnd;
        private long pendingInvalidate;
        private boolean endedByOperator;
        private boolean invalidated;
        private int crashes;

        World() {
            for (int i = 0; i < MEMBERS; i++) {
                members.add(new Member());
            }
            version = session.commit(
                            newSession(1, 1, "s", TIMEOUT_SECONDS, login("user", Version.NONE, PRINCIPAL)), true)
                    .version();
        }

        void take(Step step) {
            Member member = members.get(step.member());
            boolean backedUp = step.fate() != Fate.NO_BACKUP;
            switch (step.kind()) {
                case OPEN -> open(backedUp);
                case COMMIT -> commit(backedUp);
                case PASS -> session.pass(step.millis());
                case CLAIM -> claim(member, step.fate());
                case TELL -> tell(member);
                case FINISH -> finish(member, step.fate());
                case CRASH -> crash(member);
                case END -> end(step.fate());
                case INVALIDATE -> invalidate(step.fate());
                case LOSE_OWNER -> session.promote();
                case REPAIR -> session.repair();
            }
            members.forEach(this::renew);
        }

        private boolean isOver() {
            return endedByOperator || invalidated || !told.isEmpty();
        }

        private void open(boolean backedUp) {
            OpenReply reply = session.open(secret("s"), Version.NONE, backedUp);
            if (reply.found()) {
                assertThat(isOver()).as("opened after its end").isFalse();
                version = reply.version();
            }
        }

        private void commit(boolean backedUp) {
            AttributeChange change = set("a" + ++numbers, Version.NONE, "1");
            CommitReply reply = session.commit(update(2, ++numbers, version, change), backedUp);
            if (reply.status() == CommitReply.Status.APPLIED) {
                assertThat(isOver()).as("written after its end").isFalse();
                version = reply.version();
            }
        }

        private void claim(Member member, Fate fate) {
            if (member.claimed != null) {
                return;
            }
            if (member.lease == 0) {
                member.lease = ++numbers;
            }
            EndReply reply = session.sweep(member.lease, fate != Fate.NO_BACKUP);
            if (fate != Fate.FINE) {
                return; // sent again
            }
            if (reply.claimed() == null) {
                member.reset();
            } else {
                member.claimed = reply.claimed();
            }
        }

        private void renew(Member member) {
            if (member.claimed != null) {
                session.sweep(member.lease, true);
            }
        }

        private void tell(Member member) {
            SessionRecord claimed = member.claimed;
            if (claimed != null && !member.hasTold) {
                told.add(claimed.endId());
                member.hasTold = true;
                assertThat(invalidated).as("ended by its own request too").isFalse();
                assertThat(new HashSet<>(told)).as("events").hasSize(1);
                assertThat(crashes == 0 && told.size() > 1)
                        .as("told twice without a crash")
                        .isFalse();
            }
        }

        private void finish(Member member, Fate fate) {
            SessionRecord claimed = member.claimed;
            if (claimed != null && member.hasTold) {
                session.finish(claimed.endId(), fate != Fate.NO_BACKUP);
                if (fate == Fate.FINE) {
                    member.reset();
                }
            }
        }

        private void crash(Member member) {
            crashes += member.lease == 0 ? 0 : 1;
            member.reset();
        }

        private void end(Fate fate) {
            pendingEnd = pendingEnd == 0 ? ++numbers : pendingEnd;
            EndReply reply = session.end(PRINCIPAL, pendingEnd, fate != Fate.NO_BACKUP);
            if (fate == Fate.FINE) {
                endedByOperator |= reply.isEnd();
                pendingEnd = 0;
            }
        }

        private void invalidate(Fate fate) {
            pendingInvalidate = pendingInvalidate == 0 ? ++numbers : pendingInvalidate;
            EndReply reply = session.invalidate(pendingInvalidate, fate != Fate.NO_BACKUP);
            if (fate == Fate.FINE) {
                assertThat(reply.isEnd() && isOver()).as("ended twice").isFalse();
                invalidated |= reply.isEnd();
                pendingInvalidate = 0;
            }
        }

        /** Everybody gets his answers, the session its time, and somebody clears up. */
        void settle() {
            if (pendingInvalidate != 0) {
                invalidate(Fate.FINE);
            }
            if (pendingEnd != 0) {
                end(Fate.FINE);
            }
            for (int round = 0; round < 2; round++) {
                for (Member each : members) {
                    claim(each, Fate.FINE);
                    tell(each);
                    finish(each, Fate.FINE);
                    each.reset();
                }
                session.pass(Sweep.LEASE.toMillis() + TIMEOUT_SECONDS * 1000L);
            }
            assertThat(session.isDead()).as("over").isTrue();
            assertThat(told.isEmpty()).as("told unless by its own request").isEqualTo(invalidated);
            open(true);
            commit(true);
        }
    }
}
