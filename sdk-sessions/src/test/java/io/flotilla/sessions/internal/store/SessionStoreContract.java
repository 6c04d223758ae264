package io.flotilla.sessions.internal.store;

import static io.flotilla.sessions.internal.wire.Messages.TIMEOUT_SECONDS;
import static io.flotilla.sessions.internal.wire.Messages.changeId;
import static io.flotilla.sessions.internal.wire.Messages.changeTimeout;
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
import io.flotilla.sessions.internal.wire.HeadChange;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.Turn;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} does. Each test uses a session of its own; two writers stand for two members. */
abstract class SessionStoreContract {
    private static final long A = 11;
    private static final long B = 22;
    private static final Duration TIMEOUT = Duration.ofSeconds(TIMEOUT_SECONDS);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final String key = UUID.randomUUID().toString();

    abstract SessionStore store();

    abstract TestTime time();

    // Only the wall clock: no timer of a member may sweep what a test is about to look at.
    private void pass(Duration duration) {
        time().setClock(time().now().plus(duration));
    }

    private OpenReply open(Version have) {
        return store().open(key, secret("s"), have);
    }

    private OpenReply openAll() {
        return open(Version.NONE);
    }

    private CommitReply commit(Commit commit) {
        return store().commit(key, commit);
    }

    /** Nobody waits for a touch; what the same member asks of the same session afterwards comes after it. */
    private void touch(String secret) {
        store().touch(key, secret(secret));
        store().open(key, secret("nobody's"), Version.NONE);
    }

    private Version created(Commit commit) {
        CommitReply reply = commit(commit);
        assertThat(reply.status()).isEqualTo(CommitReply.Status.APPLIED);
        return reply.version();
    }

    @Test
    void createdSessionIsThere() {
        long now = time().now().toEpochMilli();
        CommitReply reply =
                commit(newSession(A, 1, "s", set("cart", Version.NONE, "tea"), set("user", Version.NONE, "ann")));
        OpenReply opened = openAll();

        assertThat(reply.status()).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(reply.before()).isEqualTo(Version.NONE);
        assertThat(opened.status()).isEqualTo(OpenReply.Status.ALL);
        assertThat(opened.version()).isEqualTo(reply.version()).isNotEqualTo(Version.NONE);
        assertThat(texts(opened.attributes())).hasToString("{cart=tea, user=ann}");
        assertThat(opened.attributes().values())
                .allMatch(each -> each.version().equals(reply.version()) && each.explicit());
        assertThat(opened.created()).isEqualTo(now);
        assertThat(opened.lastAccessed()).isEqualTo(now);
        assertThat(opened.maxInactiveSeconds()).isEqualTo(TIMEOUT_SECONDS);
    }

    @Test
    void createRepeatedIsAppliedOnce() {
        Commit create = newSession(A, 1, "s", set("cart", Version.NONE, "tea"));
        Version version = created(create);
        CommitReply again = commit(create);

        assertThat(again.status()).isEqualTo(CommitReply.Status.REPEATED);
        assertThat(again.version()).isEqualTo(version);
        assertThat(open(version).status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
    }

    @Test
    void createAfterOneWhoseAnswerWasLostIsACommit() {
        Version version = created(newSession(A, 1, "s", set("cart", Version.NONE, "tea")));
        CommitReply onTop =
                commit(newSession(A, 2, "s", set("cart", version, "rum"), set("user", Version.NONE, "ann")));

        assertThat(onTop.status()).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(onTop.before()).isEqualTo(version);
        assertThat(texts(openAll().attributes())).hasToString("{cart=rum, user=ann}");
    }

    @Test
    void unknownKeyIsUnknown() {
        assertThat(openAll().status()).isEqualTo(OpenReply.Status.UNKNOWN);
        assertThat(openAll().found()).isFalse();
        assertThat(commit(update(A, 1, Version.NONE)).status()).isEqualTo(CommitReply.Status.GONE);
        assertThat(store().invalidate(key, 9)).isFalse();
        touch("s");
        assertThat(openAll().status()).isEqualTo(OpenReply.Status.UNKNOWN);
    }

    @Test
    void wrongSecretIsUnknownAndNoAccess() {
        created(newSession(A, 1, "s", set("cart", Version.NONE, "tea")));
        long access = openAll().lastAccessed();
        pass(Duration.ofMinutes(1));
        OpenReply wrong = store().open(key, secret("guess"), Version.NONE);
        touch("guess");

        assertThat(wrong.status()).isEqualTo(OpenReply.Status.UNKNOWN);
        assertThat(wrong.attributes()).isEmpty();
        assertThat(wrong.version()).isEqualTo(Version.NONE);
        assertThat(openAll().lastAccessed()).isEqualTo(access);
    }

    @Test
    void wrongSecretLearnsNothingOfAnEndedSession() {
        created(newSession(A, 1, "s"));
        store().invalidate(key, 10);

        assertThat(store().open(key, secret("guess"), Version.NONE).status()).isEqualTo(OpenReply.Status.UNKNOWN);
    }

    @Test
    void currentCopyIsNotModifiedAndNothingIsSent() {
        Version version = created(newSession(A, 1, "s", set("cart", Version.NONE, "tea")));
        OpenReply opened = open(version);

        assertThat(opened.status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        assertThat(opened.found()).isTrue();
        assertThat(opened.attributes()).isEmpty();
        assertThat(opened.names()).isEmpty();
    }

    @Test
    void olderCopyIsSentTheDifference() {
        Version first = created(newSession(
                A, 1, "s", set("a", Version.NONE, "1"), set("b", Version.NONE, "1"), set("c", Version.NONE, "1")));
        Version second = commit(update(A, 2, first, set("b", first, "2"))).version();
        commit(update(B, 1, second, remove("c", first), set("d", Version.NONE, "3")));
        OpenReply fromFirst = open(first);
        OpenReply fromSecond = open(second);

        assertThat(fromFirst.status()).isEqualTo(OpenReply.Status.CHANGED);
        assertThat(fromFirst.names()).containsExactlyInAnyOrder("a", "b", "d");
        assertThat(texts(fromFirst.attributes())).hasToString("{b=2, d=3}");
        assertThat(fromSecond.names()).containsExactlyInAnyOrder("a", "b", "d");
        assertThat(texts(fromSecond.attributes())).hasToString("{d=3}");
    }

    @Test
    void copyThatIsTooOldIsSentAll() {
        Version first = created(newSession(A, 1, "s", set("a", Version.NONE, "0"), set("b", Version.NONE, "0")));
        Version last = first;
        for (int i = 1; i <= 4; i++) {
            last = commit(update(A, 1 + i, last, set("b", last, "" + i))).version();
        }
        assertThat(open(first).status()).isEqualTo(OpenReply.Status.CHANGED);
        commit(update(A, 6, last, set("b", last, "5")));

        assertThat(open(first).status()).isEqualTo(OpenReply.Status.ALL);
        assertThat(texts(open(first).attributes())).hasToString("{a=0, b=5}");
    }

    @Test
    void copyOfAnotherLineOfHistoryIsSentAll() {
        Version version = created(newSession(A, 1, "s", set("cart", Version.NONE, "tea")));
        Version sameCount = new Version(version.counter(), ~version.tag());

        assertThat(open(sameCount).status()).isEqualTo(OpenReply.Status.ALL);
        commit(update(A, 2, version, set("cart", version, "rum")));
        assertThat(open(sameCount).status()).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void commitSetsReplacesAndRemoves() {
        Version first = created(newSession(A, 1, "s", set("a", Version.NONE, "1"), set("b", Version.NONE, "1")));
        CommitReply reply =
                commit(update(A, 2, first, set("a", first, "2"), remove("b", first), set("c", Version.NONE, "2")));

        assertThat(reply.status()).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(reply.before()).isEqualTo(first);
        assertThat(reply.version().counter()).isEqualTo(first.counter() + 1);
        assertThat(texts(openAll().attributes())).hasToString("{a=2, c=2}");
    }

    @Test
    void staleBaseIsAConflictAndNothingIsApplied() {
        Version first = created(newSession(A, 1, "s", set("a", Version.NONE, "1"), set("b", Version.NONE, "1")));
        Version second = commit(update(A, 2, first, set("a", first, "2"), remove("b", first)))
                .version();
        CommitReply reply = commit(
                update(B, 1, first, set("a", first, "late"), remove("b", first), set("c", Version.NONE, "late")));

        assertThat(reply.status()).isEqualTo(CommitReply.Status.CONFLICT);
        assertThat(reply.version()).isEqualTo(second);
        assertThat(reply.conflicts()).containsOnlyKeys("a", "b").containsEntry("b", null);
        assertThat(reply.conflicts().get("a")).satisfies(each -> {
            assertThat(each.version()).isEqualTo(second);
            assertThat(each.bytes()).asString().isEqualTo("2");
        });
        assertThat(texts(openAll().attributes())).hasToString("{a=2}");
    }

    @Test
    void anAttributeThatAppearedMeanwhileIsAConflict() {
        Version first = created(newSession(A, 1, "s"));
        commit(update(A, 2, first, set("a", Version.NONE, "1")));
        CommitReply reply = commit(update(B, 1, first, set("a", Version.NONE, "late")));

        assertThat(reply.status()).isEqualTo(CommitReply.Status.CONFLICT);
        assertThat(texts(openAll().attributes())).hasToString("{a=1}");
    }

    @Test
    void differentAttributesDoNotConflict() {
        Version first = created(newSession(A, 1, "s", set("a", Version.NONE, "1"), set("b", Version.NONE, "1")));
        commit(update(A, 2, first, set("a", first, "2")));
        CommitReply reply = commit(update(B, 1, first, set("b", first, "2"), set("c", Version.NONE, "2")));

        assertThat(reply.status()).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(texts(openAll().attributes())).hasToString("{a=2, b=2, c=2}");
    }

    @Test
    void commitRepeatedIsAppliedOnce() {
        Version first = created(newSession(A, 1, "s", set("a", Version.NONE, "1")));
        Commit commit = update(A, 2, first, set("a", first, "2"));
        Version second = commit(commit).version();
        CommitReply again = commit(commit);

        assertThat(again.status()).isEqualTo(CommitReply.Status.REPEATED);
        assertThat(again.version()).isEqualTo(second);
        assertThat(open(second).status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
    }

    @Test
    void commitRepeatedAfterLaterOnesChangesNothing() {
        Version first = created(newSession(A, 1, "s", set("a", Version.NONE, "1")));
        Commit commit = update(A, 2, first, set("a", first, "2"));
        Version second = commit(commit).version();
        Version third = commit(update(B, 1, second, remove("a", second))).version();
        Version fourth =
                commit(update(A, 3, third, set("b", Version.NONE, "4"))).version();
        CommitReply again = commit(commit);

        assertThat(again.status()).isEqualTo(CommitReply.Status.REPEATED);
        assertThat(again.version()).isEqualTo(fourth);
        assertThat(texts(openAll().attributes())).hasToString("{b=4}");
    }

    @Test
    void commitOvertakenByALaterOneOfItsWriterIsNotApplied() {
        Version first = created(newSession(A, 1, "s", set("a", Version.NONE, "1")));
        commit(update(A, 3, first, set("b", Version.NONE, "3")));
        commit(update(A, 2, first, set("a", first, "2")));

        assertThat(texts(openAll().attributes())).hasToString("{a=1, b=3}");
    }

    @Test
    void refusedCommitIsNoSeenOne() {
        Version first = created(newSession(A, 1, "s", set("a", Version.NONE, "1")));
        Version second = commit(update(A, 2, first, set("a", first, "2"))).version();
        Commit refused = update(B, 1, first, set("a", first, "3"));

        assertThat(commit(refused).status()).isEqualTo(CommitReply.Status.CONFLICT);
        assertThat(commit(refused).status()).isEqualTo(CommitReply.Status.CONFLICT);
        assertThat(commit(update(B, 2, second, set("a", second, "3"))).status()).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(commit(refused).status()).isEqualTo(CommitReply.Status.REPEATED);
        assertThat(texts(openAll().attributes())).hasToString("{a=3}");
    }

    @Test
    void lateCommitDoesNotBringARemovedAttributeBack() {
        Version first = created(newSession(A, 1, "s"));
        Commit late = update(B, 1, first, set("user", Version.NONE, "ann"));
        Version login =
                commit(update(A, 2, first, set("user", Version.NONE, "ann"))).version();
        Version logout = commit(update(A, 3, login, remove("user", login))).version();
        CommitReply reply = commit(late);

        assertThat(reply.status()).isEqualTo(CommitReply.Status.CONFLICT);
        assertThat(openAll().attributes()).isEmpty();
        assertThat(commit(late.with(2, reply.version(), late.changes())).status())
                .isEqualTo(CommitReply.Status.APPLIED);
        assertThat(reply.version()).isEqualTo(logout);
    }

    @Test
    void lateChangeOfIdDoesNotUndoALaterOne() {
        Version first = created(newSession(A, 1, "s"));
        Commit late = changeId(B, 1, first, "s", "late");
        Version changed = commit(changeId(A, 2, first, "s", "new")).version();
        CommitReply reply = commit(late);

        assertThat(reply.status()).isEqualTo(CommitReply.Status.CONFLICT);
        assertThat(reply.conflicts()).isEmpty();
        assertThat(reply.version()).isEqualTo(changed);
        assertThat(store().open(key, secret("new"), changed).status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
    }

    @Test
    void requestUnderTheOldIdGetsNoNewOneThoughWhatItChangesIsStored() {
        Version first = created(newSession(A, 1, "s"));
        Version changed = commit(changeId(A, 2, first, "s", "new")).version();
        Commit late = changeId(B, 1, changed, "s", "late").with(2, changed, List.of(set("cart", Version.NONE, "tea")));
        CommitReply reply = commit(late);

        assertThat(reply.status()).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(reply.isIdRefused()).isTrue();
        assertThat(commit(late).isIdRefused()).as("repeated").isTrue();
        assertThat(store().open(key, secret("late"), Version.NONE).found()).isFalse();
        assertThat(texts(store().open(key, secret("new"), Version.NONE).attributes()))
                .hasToString("{cart=tea}");
    }

    @Test
    void changeOfIdThatIsSentAgainAsAnotherOperationIsNotRefused() {
        Version first = created(newSession(A, 1, "s"));
        Version changed = commit(changeId(A, 2, first, "s", "new")).version();

        assertThat(commit(changeId(A, 3, changed, "s", "new")).isIdRefused()).isFalse();
    }

    @Test
    void lateChangeOfTimeoutDoesNotUndoALaterOne() {
        Version first = created(newSession(A, 1, "s"));
        commit(changeTimeout(A, 2, first, 60));

        assertThat(commit(changeTimeout(B, 1, first, 7200)).status()).isEqualTo(CommitReply.Status.CONFLICT);
        assertThat(openAll().maxInactiveSeconds()).isEqualTo(60);
    }

    @Test
    void newAttributesOfTwoWritersDoNotConflict() {
        Version first = created(newSession(A, 1, "s"));
        commit(update(A, 2, first, set("a", Version.NONE, "1")));

        assertThat(commit(update(B, 1, first, set("b", Version.NONE, "1"))).status())
                .isEqualTo(CommitReply.Status.APPLIED);
    }

    @Test
    void changedIdOpensAndTheOldOneIsRecognisedForHalfAMinute() {
        Version first = created(newSession(A, 1, "s", set("cart", Version.NONE, "tea")));
        Version second = commit(changeId(A, 2, first, "s", "new")).version();

        assertThat(store().open(key, secret("new"), second).status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        assertThat(openAll().status()).isEqualTo(OpenReply.Status.ROTATED);
        assertThat(openAll().attributes()).isEmpty();
        pass(Duration.ofSeconds(30));
        assertThat(openAll().status()).isEqualTo(OpenReply.Status.ROTATED);
        pass(MOMENT);
        assertThat(openAll().status()).isEqualTo(OpenReply.Status.UNKNOWN);
        assertThat(store().open(key, secret("new"), second).status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
    }

    @Test
    void idBeforeTheLastOneIsRecognisedToo() {
        Version first = created(newSession(A, 1, "s"));
        Version second = commit(changeId(A, 2, first, "s", "second")).version();
        pass(Duration.ofSeconds(20));
        commit(changeId(A, 3, second, "second", "third"));

        assertThat(openAll().status()).isEqualTo(OpenReply.Status.ROTATED);
        assertThat(store().open(key, secret("second"), Version.NONE).status()).isEqualTo(OpenReply.Status.ROTATED);
        pass(Duration.ofSeconds(20));
        assertThat(openAll().status()).isEqualTo(OpenReply.Status.UNKNOWN);
        assertThat(store().open(key, secret("second"), Version.NONE).status()).isEqualTo(OpenReply.Status.ROTATED);
    }

    @Test
    void requestUnderTheOldIdGoesOnCommitting() {
        Version first = created(newSession(A, 1, "s", set("cart", Version.NONE, "tea")));
        commit(changeId(A, 2, first, "s", "new"));

        assertThat(commit(update(B, 1, first, set("cart", first, "rum"))).status())
                .isEqualTo(CommitReply.Status.APPLIED);
        assertThat(texts(store().open(key, secret("new"), Version.NONE).attributes()))
                .hasToString("{cart=rum}");
    }

    @Test
    void oldIdIsNoAccess() {
        Version first = created(newSession(A, 1, "s"));
        Version second = commit(changeId(A, 2, first, "s", "new")).version();
        long access = time().now().toEpochMilli();
        pass(Duration.ofSeconds(10));
        openAll();
        touch("s");

        assertThat(store().open(key, secret("new"), second).lastAccessed()).isEqualTo(access);
    }

    @Test
    void invalidatedSessionIsGoneAndNeverComesBack() {
        Commit create = newSession(A, 1, "s", set("cart", Version.NONE, "tea"));
        Version first = created(create);
        Commit commit = update(A, 2, first, set("cart", first, "rum"));
        Version second = commit(commit).version();

        assertThat(store().invalidate(key, 11)).isTrue();
        assertThat(openAll().status()).isEqualTo(OpenReply.Status.GONE);
        assertThat(store().invalidate(key, 12)).isFalse();
        assertThat(commit(update(B, 1, second, set("cart", second, "gin"))).status())
                .isEqualTo(CommitReply.Status.GONE);
        assertThat(commit(newSession(B, 2, "s")).status()).isEqualTo(CommitReply.Status.GONE);
        assertThat(commit(commit).status()).isEqualTo(CommitReply.Status.REPEATED);
        assertThat(commit(create).status()).isEqualTo(CommitReply.Status.REPEATED);
        touch("s");
        OpenReply after = open(second);
        assertThat(after.status()).isEqualTo(OpenReply.Status.GONE);
        assertThat(after.attributes()).isEmpty();
    }

    @Test
    void sessionThatIsAbandonedEndsSoonAndNeverComesBack() {
        Commit create = newSession(A, 1, "s", set("cart", Version.NONE, "tea"));
        Version unused = created(create);

        store().abandon(key, 11);

        Awaitility.await().until(() -> openAll().status() == OpenReply.Status.GONE);
        assertThat(store().invalidate(key, 11)).as("the same end").isTrue();
        assertThat(commit(newSession(B, 2, "s")).status()).isEqualTo(CommitReply.Status.GONE);
    }

    @Test
    void abandoningASessionThatIsNotThereDoesNothing() {
        store().abandon(key, 11);

        assertThat(openAll().status()).isEqualTo(OpenReply.Status.UNKNOWN);
    }

    @Test
    void expiredSessionIsGoneAndTakesNoCommit() {
        Version version = created(newSession(A, 1, "s", set("cart", Version.NONE, "tea")));
        pass(TIMEOUT);
        pass(MOMENT);

        assertThat(open(version).status()).isEqualTo(OpenReply.Status.GONE);
        assertThat(commit(update(A, 2, version, set("cart", version, "rum"))).status())
                .isEqualTo(CommitReply.Status.GONE);
        touch("s");
        assertThat(open(version).status()).isEqualTo(OpenReply.Status.GONE);
    }

    @Test
    void sessionLivesAsLongAsItIsUsed() {
        Version version = created(newSession(A, 1, "s"));
        pass(TIMEOUT);
        assertThat(open(version).found()).isTrue();
        pass(TIMEOUT);
        touch("s");
        pass(TIMEOUT);
        CommitReply commit = commit(update(A, 2, version, set("a", Version.NONE, "1")));
        assertThat(commit.status()).isEqualTo(CommitReply.Status.APPLIED);
        pass(TIMEOUT);
        assertThat(open(version).found()).isTrue();
        pass(TIMEOUT.plus(MOMENT));
        assertThat(open(version).found()).isFalse();
    }

    @Test
    void openTellsThePreviousAccess() {
        Version version = created(newSession(A, 1, "s"));
        long created = time().now().toEpochMilli();
        pass(Duration.ofSeconds(5));
        OpenReply first = open(version);
        pass(Duration.ofSeconds(5));
        touch("s");
        OpenReply second = open(version);

        assertThat(first.lastAccessed()).isEqualTo(created);
        assertThat(openAll().created()).isEqualTo(created);
        assertThat(second.lastAccessed()).isEqualTo(created + 10_000);
    }

    @Test
    void zeroAndNegativeTimeoutsNeverExpire() {
        Version version = created(newSession(A, 1, "s", 0));
        pass(Duration.ofDays(10_000));
        OpenReply zero = open(version);
        Version negative = commit(changeTimeout(A, 2, version, -1)).version();
        pass(Duration.ofDays(10_000));

        assertThat(zero.status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        assertThat(open(negative).status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        assertThat(openAll().maxInactiveSeconds()).isEqualTo(-1);
    }

    @Test
    void changedTimeoutCounts() {
        Version version = created(newSession(A, 1, "s"));
        Version shorter = commit(changeTimeout(A, 2, version, 10)).version();
        pass(Duration.ofSeconds(10));
        OpenReply opened = open(version);
        assertThat(opened.status()).isEqualTo(OpenReply.Status.CHANGED);
        assertThat(opened.maxInactiveSeconds()).isEqualTo(10);
        pass(Duration.ofSeconds(10).plus(MOMENT));

        assertThat(open(shorter).status()).isEqualTo(OpenReply.Status.GONE);
    }

    private OpenReply openInTurn(long token) {
        return store().openInTurn(key, secret("s"), Version.NONE, token, false);
    }

    private CommitReply.Status commitInTurn(long sequence, long turn) {
        AttributeChange change = set("x" + sequence, Version.NONE, "1");
        Version seen = openAll().version();
        return commit(new Commit(B, sequence, seen, HeadChange.NONE, List.of(change), turn))
                .status();
    }

    private static boolean now(CompletionStage<Boolean> answer) {
        return answer.toCompletableFuture().join();
    }

    @Test
    void exclusiveRequestsHaveTheirTurnOneAfterTheOther() {
        created(newSession(A, 1, "s", set("cart", Version.NONE, "tea")));
        OpenReply first = openInTurn(1);
        OpenReply again = openInTurn(1);
        OpenReply other = openInTurn(2);

        assertThat(first.status()).isEqualTo(OpenReply.Status.ALL);
        assertThat(texts(first.attributes())).hasToString("{cart=tea}");
        assertThat(again.turn()).isEqualTo(first.turn()).isNotZero();
        assertThat(other.status()).isEqualTo(OpenReply.Status.BUSY);
        assertThat(now(store().keepTurn(key, 1, first.turn()))).isTrue();
        assertThat(now(store().giveTurnBack(key, 2))).isFalse();
        assertThat(now(store().giveTurnBack(key, 1))).isTrue();
        assertThat(now(store().keepTurn(key, 1, first.turn()))).isFalse();
        assertThat(openInTurn(2).turn()).isNotZero().isNotEqualTo(first.turn());
    }

    @Test
    void nothingNewIsToldInTurnToo() {
        Version version = created(newSession(A, 1, "s", set("cart", Version.NONE, "tea")));
        OpenReply reply = store().openInTurn(key, secret("s"), version, 1, false);

        assertThat(reply.status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        assertThat(reply.turn()).isNotZero();
        assertThat(reply.lastAccessed()).isEqualTo(time().now().toEpochMilli());
    }

    @Test
    void exclusiveRequestStoresInItsTurnOnly() {
        created(newSession(A, 1, "s"));
        long turn = openInTurn(1).turn();

        assertThat(commitInTurn(1, turn)).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(commitInTurn(2, turn + 2)).isEqualTo(CommitReply.Status.OUT_OF_TURN);
        assertThat(commitInTurn(3, 0)).isEqualTo(CommitReply.Status.APPLIED);
        pass(Turn.LEASE);
        long next = openInTurn(2).turn();
        assertThat(commitInTurn(4, turn)).isEqualTo(CommitReply.Status.OUT_OF_TURN);
        assertThat(commitInTurn(5, next)).isEqualTo(CommitReply.Status.APPLIED);
    }

    @Test
    void whatIsNotThereHasNoTurns() {
        assertThat(openInTurn(1).status()).isEqualTo(OpenReply.Status.UNKNOWN);
        created(newSession(A, 1, "s"));
        long turn = openInTurn(1).turn();
        store().invalidate(key, 9);

        assertThat(openInTurn(2).status()).isEqualTo(OpenReply.Status.GONE);
        assertThat(commitInTurn(1, turn)).isEqualTo(CommitReply.Status.GONE);
        assertThat(now(store().keepTurn(key, 1, turn))).isFalse();
    }
}
