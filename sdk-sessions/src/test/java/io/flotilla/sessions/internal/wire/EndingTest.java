package io.flotilla.sessions.internal.wire;

import static io.flotilla.sessions.internal.wire.Messages.APPLICATION;
import static io.flotilla.sessions.internal.wire.Messages.bind;
import static io.flotilla.sessions.internal.wire.Messages.login;
import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.newSessionFor;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static io.flotilla.sessions.internal.wire.Messages.texts;
import static io.flotilla.sessions.internal.wire.Messages.update;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The steps of a session that ends without a request: who may tell its listeners, how often, and what comes back. */
final class EndingTest {
    private static final long A = 11;
    private static final long ONE = 101;
    private static final long TWO = 102;
    private static final int TIMEOUT_SECONDS = 60;
    private static final long LEASE = Sweep.LEASE.toMillis();
    private static final Audience DEAF = new Audience(Set.of(APPLICATION), Set.of(), Set.of());
    private static final Audience OF_BOUND = new Audience(Set.of(APPLICATION), Set.of(), Set.of(APPLICATION));

    private final OwnerAndBackup session = new OwnerAndBackup();

    private Version created(AttributeChange... changes) {
        return session.commit(newSession(A, 1, "s", TIMEOUT_SECONDS, changes), true)
                .version();
    }

    private void expire() {
        session.pass(TIMEOUT_SECONDS * 1000L + 1);
    }

    private OpenReply.Status open() {
        return session.open(secret("s"), Version.NONE, true).status();
    }

    private static SessionRecord claimed(EndReply reply) {
        assertThat(reply.status()).isEqualTo(EndReply.Status.CLAIMED);
        return requireNonNull(reply.claimed());
    }

    @Test
    void expiredSessionIsClaimedToldAndRemembered() {
        created(set("a", Version.NONE, "1"));
        expire();
        assertThat(session.sweep(0, true).status()).isEqualTo(EndReply.Status.TO_TELL);
        SessionRecord told = claimed(session.sweep(ONE, true));

        assertThat(told.endCause()).isEqualTo(EndCause.EXPIRED);
        assertThat(told.application()).isEqualTo(APPLICATION);
        assertThat(told.sealedSecret()).asString().isEqualTo("sealed s");
        assertThat(texts(told.attributes())).hasToString("{a=1}");
        EndReply finished = session.finish(told.endId(), true);
        assertThat(finished.status()).isEqualTo(EndReply.Status.ENDED);
        assertThat(finished.cause()).isEqualTo(EndCause.EXPIRED);
        assertThat(session.isDead()).isTrue();
        assertThat(open()).isEqualTo(OpenReply.Status.GONE);
        session.pass(Sweep.TOMBSTONES.toMillis() + 1);
        assertThat(session.sweep(0, true).status()).isEqualTo(EndReply.Status.FORGOTTEN);
        assertThat(session.exists()).isFalse();
    }

    @Test
    void livingSessionIsLeftAlone() {
        created();
        session.pass(TIMEOUT_SECONDS * 1000L);

        assertThat(session.sweep(ONE, true).status()).isEqualTo(EndReply.Status.NOTHING);
        assertThat(open()).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void accessBeforeTheClaimKeepsTheSession() {
        created();
        session.pass(TIMEOUT_SECONDS * 1000L);
        session.touch(secret("s"), true);
        session.pass(1);

        assertThat(session.sweep(ONE, true).status()).isEqualTo(EndReply.Status.NOTHING);
    }

    @Test
    void claimedSessionIsGoneForEveryRequest() {
        Version version = created(set("a", Version.NONE, "1"));
        expire();
        SessionRecord told = claimed(session.sweep(ONE, true));
        session.pass(-2000); // another owner's clock

        assertThat(open()).isEqualTo(OpenReply.Status.GONE);
        assertThat(session.touch(secret("s"), true)).isFalse();
        assertThat(session.commit(update(A, 2, version, set("a", version, "2")), true)
                        .status())
                .isEqualTo(CommitReply.Status.GONE);
        assertThat(session.invalidate(true)).isFalse();
        assertThat(session.end("ann", 7, true).status()).isEqualTo(EndReply.Status.NOTHING);
        assertThat(session.finish(told.endId(), true).isEnd()).isTrue();
    }

    @Test
    void leaseKeepsOthersOffUntilItRunsOut() {
        created();
        expire();
        long event = claimed(session.sweep(ONE, true)).endId();

        session.pass(LEASE - 1);
        assertThat(session.sweep(TWO, true).status()).isEqualTo(EndReply.Status.NOTHING);
        assertThat(session.sweep(0, true).status()).isEqualTo(EndReply.Status.NOTHING);
        session.pass(1);
        assertThat(session.sweep(0, true).status()).isEqualTo(EndReply.Status.TO_TELL);
        assertThat(claimed(session.sweep(TWO, true)).endId()).isEqualTo(event);
        assertThat(session.sweep(ONE, true).status()).isEqualTo(EndReply.Status.NOTHING);
    }

    @Test
    void holderRenewsItsLeaseAndARepeatedClaimIsTheSame() {
        created();
        expire();
        long event = claimed(session.sweep(ONE, true)).endId();
        assertThat(claimed(session.sweep(ONE, true)).endId()).isEqualTo(event);

        session.pass(LEASE - 1);
        assertThat(claimed(session.sweep(ONE, true)).endId()).isEqualTo(event);
        session.pass(LEASE - 1);
        assertThat(session.sweep(TWO, true).status()).isEqualTo(EndReply.Status.NOTHING);
    }

    @Test
    void successorTellsOfTheSameEventWithTheSameAttributes() {
        created(set("a", Version.NONE, "1"));
        expire();
        long event = claimed(session.sweep(ONE, true)).endId();
        session.promote();
        session.pass(LEASE);
        SessionRecord again = claimed(session.sweep(TWO, true));

        assertThat(again.endId()).isEqualTo(event);
        assertThat(texts(again.attributes())).hasToString("{a=1}");
        session.finish(event, true);
        assertThat(session.finish(event, true).status())
                .as("by the first one, late")
                .isEqualTo(EndReply.Status.NOTHING);
    }

    @Test
    void anotherEndCannotBeFinished() {
        created();
        expire();
        long event = claimed(session.sweep(ONE, true)).endId();

        assertThat(session.finish(event + 1, true).status()).isEqualTo(EndReply.Status.NOTHING);
        assertThat(session.isDead()).isFalse();
    }

    @Test
    void finishedEndReachesTheBackup() {
        created();
        expire();
        session.finish(claimed(session.sweep(ONE, true)).endId(), true);
        session.promote();

        assertThat(session.isDead()).isTrue();
    }

    @Test
    void repeatedFinishSendsItsBackupAgain() {
        created();
        expire();
        long event = claimed(session.sweep(ONE, true)).endId();
        session.finish(event, false);
        session.finish(event, true);
        session.promote();

        assertThat(session.isDead()).isTrue();
    }

    @Test
    void expiredSessionOfWhichNobodyWantsToHearIsRemovedAtOnce() {
        created(login("user", Version.NONE, "ann"));
        expire();
        EndReply reply = session.sweep(0, DEAF, true);

        assertThat(reply.status()).isEqualTo(EndReply.Status.ENDED);
        assertThat(reply.cause()).isEqualTo(EndCause.EXPIRED);
        assertThat(reply.principal()).isEqualTo("ann");
        assertThat(session.exists()).isFalse();
        session.promote();
        assertThat(session.exists()).as("in the backup").isFalse();
    }

    @Test
    void boundValuesAreToldWhereOthersAreNot() {
        created(set("a", Version.NONE, "1"));
        expire();
        assertThat(session.sweep(ONE, OF_BOUND, true).status()).isEqualTo(EndReply.Status.ENDED);

        created(bind("a", Version.NONE, "1"));
        expire();
        assertThat(session.sweep(ONE, OF_BOUND, true).status()).isEqualTo(EndReply.Status.CLAIMED);
    }

    @Test
    void sessionOfAnApplicationThatIsNotThereWaitsAMinuteForIt() {
        created();
        expire();
        session.pass(Sweep.PATIENCE.toMillis() - 1);
        assertThat(session.sweep(0, Audience.NOBODY, true).status()).isEqualTo(EndReply.Status.NOTHING);
        assertThat(session.exists()).isTrue();
        session.pass(1);

        assertThat(session.sweep(0, Audience.NOBODY, true).status()).isEqualTo(EndReply.Status.UNHEARD);
        assertThat(session.exists()).isFalse();
    }

    @Test
    void operatorEndsASessionAtOnce() {
        created(login("user", Version.NONE, "ann"));
        EndReply reply = session.end("ann", 7, true);

        assertThat(reply.status()).isEqualTo(EndReply.Status.ENDED);
        assertThat(open()).isEqualTo(OpenReply.Status.GONE);
        SessionRecord told = claimed(session.sweep(ONE, true));
        assertThat(told.endCause()).isEqualTo(EndCause.ENDED);
        assertThat(told.endId()).isEqualTo(7);
        assertThat(session.finish(7, true).cause()).isEqualTo(EndCause.ENDED);
    }

    @Test
    void repeatedEndIsTheSameAndAnotherOneIsNone() {
        created(login("user", Version.NONE, "ann"));
        session.end("ann", 7, false);

        assertThat(session.end("ann", 7, true).status()).isEqualTo(EndReply.Status.ENDED);
        assertThat(session.end("ann", 8, true).status()).isEqualTo(EndReply.Status.NOTHING);
        session.promote();
        assertThat(open()).as("the repetition sent its backup").isEqualTo(OpenReply.Status.GONE);
    }

    @Test
    void sessionOfSomebodyElseIsNotEnded() {
        created(login("user", Version.NONE, "ann"));

        assertThat(session.end("bob", 7, true).status()).isEqualTo(EndReply.Status.NOTHING);
        assertThat(open()).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void endedSessionOfWhichNobodyWantsToHearIsRemembered() {
        created(login("user", Version.NONE, "ann"));
        session.end("ann", 7, true);
        EndReply reply = session.sweep(0, DEAF, true);

        assertThat(reply.status()).isEqualTo(EndReply.Status.ENDED);
        assertThat(reply.cause()).isEqualTo(EndCause.ENDED);
        assertThat(session.isDead()).isTrue();
    }

    @Test
    void repeatedInvalidateIsStillTheCallersOwn() {
        created();
        assertThat(session.invalidate(5, true).isEnd()).isTrue();

        assertThat(session.invalidate(5, true).isEnd()).isTrue();
        assertThat(session.invalidate(6, true).isEnd()).isFalse();
    }

    @Test
    void lifetimeEndsASessionThatIsUsed() {
        session.commit(newSessionFor(3600, A, 1, "s"), true);
        for (int minute = 0; minute < 60; minute++) {
            session.pass(60_000);
            assertThat(open()).isEqualTo(OpenReply.Status.ALL);
        }
        session.pass(1);

        assertThat(open()).isEqualTo(OpenReply.Status.GONE);
        assertThat(claimed(session.sweep(ONE, true)).endCause()).isEqualTo(EndCause.EXPIRED);
    }

    @Test
    void endOnOneSideOfACutIsTheEnd() {
        SessionRecord living = SessionRecord.create(newSession(A, 1, "s"), 1000, 1);
        SessionRecord ending = living.ending(Ending.unclaimed(EndCause.ENDED, 7, 2000));
        SessionRecord written = living.apply(update(A, 2, living.version(), set("a", Version.NONE, "1")), 3000, 2);

        assertThat(SessionMerge.of(ending, written, 9).endId()).isEqualTo(7);
        assertThat(SessionMerge.of(written, ending, 9).endId()).isEqualTo(7);
        assertThat(SessionMerge.of(written, ending, 9).attributes()).containsKey("a");
        assertThat(SessionMerge.of(ending, living.dead(2000, 3), 9).isDead()).isTrue();
        assertThat(SessionMerge.of(living.dead(2000, 3), ending, 9).isDead()).isTrue();
        SessionRecord other = living.ending(Ending.unclaimed(EndCause.EXPIRED, 8, 2000));
        assertThat(SessionMerge.of(ending, other, 9).endId()).isEqualTo(7);
    }
}
