package io.flotilla.sessions.internal.wire;

import static io.flotilla.sessions.internal.wire.Messages.changeId;
import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.remove;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static io.flotilla.sessions.internal.wire.Messages.texts;
import static io.flotilla.sessions.internal.wire.Messages.update;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How a backup follows its owner, and what it is worth when the owner is lost. */
final class RecordBackupTest {
    private static final long A = 11;
    private static final long B = 22;

    private final OwnerAndBackup session = new OwnerAndBackup();

    private Version created() {
        return session.commit(newSession(A, 1, "s", set("a", Version.NONE, "1"), set("b", Version.NONE, "1")), true)
                .version();
    }

    private OpenReply openAll() {
        return session.open(secret("s"), Version.NONE, true);
    }

    @Test
    void followsStepByStep() {
        Version first = created();
        session.pass(1000);
        Version second = session.commit(
                        update(A, 2, first, set("a", first, "2"), remove("b", first), set("c", Version.NONE, "2")),
                        true)
                .version();

        assertThat(session.backupVersion()).isEqualTo(second);
        assertThat(session.backupAttributes()).isEqualTo(session.attributes());
        assertThat(texts(session.backupAttributes())).hasToString("{a=2, c=2}");
        assertThat(session.backupLastAccessed())
                .isEqualTo(session.lastAccessed())
                .isEqualTo(session.now());
        session.promote();
        assertThat(session.commit(update(A, 2, first), true).status()).isEqualTo(CommitReply.Status.REPEATED);
        assertThat(session.open(secret("s"), first, true).status()).isEqualTo(OpenReply.Status.CHANGED);
    }

    @Test
    void backupThatMissedACommitDoesNotPassForTheOwnersRecord() {
        Version first = created();
        session.commit(update(A, 2, first, set("a", first, "2")), false);
        Version third =
                session.commit(update(B, 1, first, set("b", first, "3")), true).version();

        assertThat(session.backupVersion().counter()).isEqualTo(third.counter());
        assertThat(session.backupVersion()).isNotEqualTo(third);
        assertThat(texts(session.backupAttributes())).hasToString("{a=1, b=3}");
        session.promote();
        assertThat(session.open(secret("s"), third, true).status()).isEqualTo(OpenReply.Status.ALL);
        assertThat(session.open(secret("s"), first, true).status()).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void backupThatMissedACommitDoesNotClaimToHaveSeenIt() {
        Version first = created();
        Commit inDoubt = update(A, 2, first, set("a", first, "2"));
        session.commit(inDoubt, false);
        session.commit(update(B, 1, first, set("b", first, "3")), true);
        session.promote();

        assertThat(session.commit(inDoubt, true).status()).isEqualTo(CommitReply.Status.APPLIED);
        assertThat(texts(openAll().attributes())).hasToString("{a=2, b=3}");
        assertThat(session.commit(update(B, 1, first), true).status()).isEqualTo(CommitReply.Status.REPEATED);
        assertThat(session.commit(newSession(A, 1, "s"), true).status()).isEqualTo(CommitReply.Status.REPEATED);
    }

    @Test
    void repeatedCommitSendsItsBackupAgain() {
        Version first = created();
        Commit inDoubt = update(A, 2, first, set("a", first, "2"));
        session.commit(inDoubt, false);
        assertThat(texts(session.backupAttributes())).hasToString("{a=1, b=1}");
        CommitReply again = session.commit(inDoubt, true);

        assertThat(again.status()).isEqualTo(CommitReply.Status.REPEATED);
        assertThat(session.backupVersion()).isEqualTo(again.version());
        assertThat(texts(session.backupAttributes())).hasToString("{a=2, b=1}");
    }

    @Test
    void repeatedEndSendsItsBackupAgain() {
        created();
        session.invalidate(false);
        session.invalidate(true);
        session.promote();

        assertThat(openAll().status()).isEqualTo(OpenReply.Status.GONE);
    }

    @Test
    void endReplacesWhateverTheBackupHad() {
        Version first = created();
        session.commit(update(A, 2, first, set("a", first, "2")), false);
        session.invalidate(true);

        assertThat(session.backupVersion()).isEqualTo(session.version());
        assertThat(session.backupAttributes()).isEmpty();
        session.promote();
        assertThat(session.isDead()).isTrue();
    }

    @Test
    void differenceToARecordThatTheBackupNeverGotIsLeftOut() {
        Version first = session.commit(newSession(A, 1, "s", set("a", Version.NONE, "1")), false)
                .version();
        session.commit(update(A, 2, first, set("b", Version.NONE, "2")), true);

        assertThat(session.backupVersion()).isEqualTo(Version.NONE);
        session.touch(secret("s"), true);
        assertThat(session.backupVersion()).isEqualTo(Version.NONE);
        assertThat(session.commit(update(A, 2, first), true).status()).isEqualTo(CommitReply.Status.REPEATED);
        assertThat(session.backupAttributes()).isEqualTo(session.attributes());
    }

    @Test
    void changedIdReachesTheBackup() {
        Version first = created();
        session.commit(changeId(A, 2, first, "s", "new"), true);
        session.promote();

        assertThat(session.isOpenedBy(secret("new"))).isTrue();
        assertThat(openAll().status()).isEqualTo(OpenReply.Status.ROTATED);
    }

    @Test
    void sameCounterAfterALossIsNotTheSameVersion() {
        Version first = created();
        Version lost = session.commit(update(A, 2, first, set("a", first, "lost")), false)
                .version();
        session.promote();
        Version second =
                session.commit(update(B, 1, first, set("a", first, "2")), true).version();

        assertThat(second.counter()).isEqualTo(lost.counter());
        OpenReply reply = session.open(secret("s"), lost, true);
        assertThat(reply.status()).isEqualTo(OpenReply.Status.ALL);
        assertThat(texts(reply.attributes())).hasToString("{a=2, b=1}");
    }
}
