package io.flotilla.sessions.internal.wire;

import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static io.flotilla.sessions.internal.wire.Messages.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is, and what those store whose turn it is not. */
final class TurnTest {
    private static final long LEASE = Turn.LEASE.toMillis();
    private static final UUID HERE = new UUID(1, 1);
    private static final UUID THERE = new UUID(2, 2);
    private static final TurnClaim A = new TurnClaim(0xa, HERE);
    private static final TurnClaim B = new TurnClaim(0xb, THERE);

    private final OwnerAndBackup session = new OwnerAndBackup();
    private final Map<TurnClaim, Long> numbers = new HashMap<>();
    private long sequence;

    @BeforeEach
    void begin() {
        session.commit(newSession(1, ++sequence, "s", 3600, set("n", Version.NONE, "0")), true);
    }

    private OpenReply open(TurnClaim claim) {
        OpenReply reply = session.openInTurn(secret("s"), Version.NONE, claim, true);
        if (reply.found()) {
            numbers.put(claim, reply.turn());
        }
        return reply;
    }

    private long numberOf(TurnClaim claim) {
        return numbers.getOrDefault(claim, 99L);
    }

    private boolean keep(TurnClaim claim) {
        return session.keepTurn(claim, numberOf(claim), true);
    }

    private OpenReply.Status statusFor(TurnClaim claim) {
        return open(claim).status();
    }

    /** A change that meets no other one. */
    private Commit changeOf(TurnClaim claim) {
        return change(claim.token(), numberOf(claim));
    }

    private Commit change(long writer, long turn) {
        return new Commit(
                writer,
                ++sequence,
                session.version(),
                HeadChange.NONE,
                List.of(set("n" + sequence, Version.NONE, "1")),
                turn);
    }

    private CommitReply.Status commit(TurnClaim claim) {
        return session.commit(changeOf(claim), true).status();
    }

    @Test
    void oneGetsTheTurnAndTheOtherIsToldToWait() {
        assertThat(statusFor(A)).isEqualTo(OpenReply.Status.ALL);
        OpenReply reply = open(B);

        assertThat(reply.status()).isEqualTo(OpenReply.Status.BUSY);
        assertThat(reply.found()).isFalse();
        assertThat(reply.attributes()).isEmpty();
    }

    @Test
    void claimThatIsRepeatedGetsTheSameTurn() {
        open(A);
        session.pass(LEASE - 1);
        assertThat(statusFor(A)).isEqualTo(OpenReply.Status.ALL);
        session.pass(LEASE - 1);

        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.BUSY);
    }

    @Test
    void turnThatIsGivenBackIsTheNextOnes() {
        open(A);

        assertThat(session.giveTurnBack(B, true)).isFalse();
        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.BUSY);
        assertThat(session.giveTurnBack(A, true)).isTrue();
        assertThat(session.giveTurnBack(A, true)).isFalse();
        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void nextTurnIsForAnotherMemberThatWaits() {
        TurnClaim alsoHere = new TurnClaim(0xc, HERE);
        open(A);
        open(B);
        keep(A);
        session.giveTurnBack(A, true);

        assertThat(statusFor(alsoHere)).isEqualTo(OpenReply.Status.BUSY);
        session.pass(Turn.RESERVED.toMillis() - 1);
        assertThat(statusFor(alsoHere)).isEqualTo(OpenReply.Status.BUSY);
        assertThat(commit(A)).isEqualTo(CommitReply.Status.OUT_OF_TURN);
        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.ALL);
        session.giveTurnBack(B, true);
        assertThat(statusFor(alsoHere)).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void turnIsReservedForAMomentOnly() {
        open(A);
        open(B);
        session.giveTurnBack(A, true);
        session.pass(Turn.RESERVED.toMillis());

        assertThat(statusFor(new TurnClaim(0xc, HERE))).isEqualTo(OpenReply.Status.ALL);
        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.BUSY);
    }

    @Test
    void nothingIsReservedForAnotherRequestOfTheSameMember() {
        open(A);
        assertThat(statusFor(new TurnClaim(0xc, HERE))).isEqualTo(OpenReply.Status.BUSY);
        session.giveTurnBack(A, true);

        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.ALL);
    }

    private OpenReply.Status statusForTheLastTime(TurnClaim claim) {
        return session.openInTurn(secret("s"), Version.NONE, new TurnQuestion(claim, true), true)
                .status();
    }

    @Test
    void nothingIsReservedForWhoeverDoesNotAskAgain() {
        open(A);
        assertThat(statusForTheLastTime(B)).isEqualTo(OpenReply.Status.BUSY);
        session.giveTurnBack(A, true);

        assertThat(statusFor(new TurnClaim(0xc, HERE))).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void whoeverDoesNotAskAgainTakesATurnThatIsReserved() {
        open(A);
        open(B);
        session.giveTurnBack(A, true);

        assertThat(statusForTheLastTime(new TurnClaim(0xc, HERE))).isEqualTo(OpenReply.Status.ALL);
        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.BUSY);
    }

    @Test
    void turnThatIsNotKeptRunsOut() {
        open(A);
        session.pass(LEASE - 1);
        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.BUSY);
        session.pass(1);

        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.ALL);
        assertThat(keep(A)).isFalse();
    }

    @Test
    void turnThatIsKeptLasts() {
        open(A);
        for (int i = 0; i < 5; i++) {
            session.pass(LEASE - 1);
            assertThat(keep(A)).isTrue();
        }
        session.pass(LEASE - 1);

        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.BUSY);
    }

    @Test
    void memberThatLeavesHasNoTurn() {
        open(A);
        session.leave(THERE);
        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.BUSY);
        session.leave(HERE);

        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void onlyTheHolderStores() {
        open(A);

        assertThat(commit(A)).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(commit(A)).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(commit(B)).isEqualTo(CommitReply.Status.OUT_OF_TURN);
    }

    @Test
    void otherRequestsStoreMeanwhile() {
        open(A);

        assertThat(session.commit(change(7, 0), true).status()).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(session.open(secret("s"), Version.NONE, true).status()).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void whoeverHasLostTheTurnStoresNothing() {
        open(A);
        session.pass(LEASE);
        open(B);

        assertThat(commit(A)).isEqualTo(CommitReply.Status.OUT_OF_TURN);
        session.giveTurnBack(B, true);
        assertThat(commit(A)).isEqualTo(CommitReply.Status.OUT_OF_TURN);
        assertThat(session.attributes()).containsOnlyKeys("n");
    }

    @Test
    void turnThatHasRunOutIsGoodUntilSomebodyElseHasIt() {
        open(A);
        session.pass(10 * LEASE);

        assertThat(commit(A)).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(keep(A)).isTrue();
        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.BUSY);
    }

    @Test
    void claimThatIsDeliveredAgainAfterTheTurnWasOverIsNobodysTurn() {
        open(A);
        session.pass(LEASE);
        open(B);
        session.giveTurnBack(B, true);
        OpenReply unheard = session.openInTurn(secret("s"), Version.NONE, A, true);

        assertThat(unheard.found()).isTrue();
        assertThat(commit(A)).isEqualTo(CommitReply.Status.OUT_OF_TURN);
        assertThat(keep(A)).isFalse();
        session.pass(LEASE);
        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void commitThatWasAppliedInTurnIsRecognisedLater() {
        open(A);
        Commit sent = changeOf(A);
        session.commit(sent, true);
        session.giveTurnBack(A, true);
        open(B);

        assertThat(session.commit(sent, true).status()).isEqualTo(CommitReply.Status.REPEATED);
    }

    @Test
    void whoeverIsToldToWaitHasAccessedTheSession() {
        open(A);
        long before = session.lastAccessed();
        session.pass(1000);
        OpenReply first = open(B);
        session.pass(1000);

        assertThat(first.lastAccessed()).isEqualTo(before);
        assertThat(open(B).lastAccessed()).isEqualTo(before + 1000);
        assertThat(session.lastAccessed()).isEqualTo(before + 2000);
    }

    @Test
    void keepingATurnIsNoAccess() {
        open(A);
        long before = session.lastAccessed();
        session.pass(1000);
        keep(A);

        assertThat(session.lastAccessed()).isEqualTo(before);
    }

    @Test
    void whoeverDoesNotKnowTheSecretGetsNoTurn() {
        OpenReply reply = session.openInTurn(secret("wrong"), Version.NONE, A, true);

        assertThat(reply.status()).isEqualTo(OpenReply.Status.UNKNOWN);
        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void sessionThatHasEndedIsNobodysTurn() {
        open(A);
        session.invalidate(true);

        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.GONE);
        assertThat(keep(A)).isFalse();
        assertThat(commit(A)).isEqualTo(CommitReply.Status.GONE);
    }

    @Test
    void sessionThatExpiresWhileARequestRunsIsGone() {
        open(A);
        session.pass(3_600_001);

        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.GONE);
        assertThat(commit(A)).isEqualTo(CommitReply.Status.GONE);
    }

    @Test
    void backupKnowsTheTurn() {
        open(A);
        session.promote();

        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.BUSY);
        assertThat(commit(A)).isEqualTo(CommitReply.Status.APPLIED);
        session.promote();
        assertThat(statusFor(B)).isEqualTo(OpenReply.Status.BUSY);
        session.giveTurnBack(A, true);
        session.promote();
        assertThat(commit(A)).isEqualTo(CommitReply.Status.OUT_OF_TURN);
    }

    @Test
    void backupThatMissedWhatTheHolderHasSeenForgetsTheTurn() {
        session.commit(update(1, ++sequence, session.version(), set("x", Version.NONE, "seen")), false);
        open(A);
        session.promote();

        assertThat(session.attributes()).doesNotContainKey("x");
        assertThat(commit(A)).isEqualTo(CommitReply.Status.OUT_OF_TURN);
    }

    @Test
    void backupThatFollowsOverAGapForgetsTheTurn() {
        open(A);
        session.commit(changeOf(A), false);
        session.commit(changeOf(A), true);
        session.promote();

        assertThat(commit(A)).isEqualTo(CommitReply.Status.OUT_OF_TURN);
    }

    @Test
    void turnOfTheSideThatGoesOnSurvivesAMergeThatChangesNothing() {
        SessionRecord both = SessionRecord.create(newSession(1, 1, "s"), 1000, 5);
        SessionRecord kept = both.inTurn(Turn.at(1000, A, A.token()));
        SessionRecord joining = both.inTurn(Turn.at(1000, B, B.token()));

        assertThat(SessionMerge.of(kept, joining, 9).isInTurn(A.token())).isTrue();
    }

    @Test
    void nobodysTurnSurvivesAMergeThatChangesSomething() {
        SessionRecord both = SessionRecord.create(newSession(1, 1, "s"), 1000, 5);
        SessionRecord kept = both.inTurn(Turn.at(1000, A, A.token()));
        SessionRecord joining = both.inTurn(Turn.at(1000, B, B.token()))
                .apply(update(1, 2, both.version(), set("x", Version.NONE, "there")), 1000, 6);

        assertThat(SessionMerge.of(kept, joining, 9).turn()).isNull();
    }
}
