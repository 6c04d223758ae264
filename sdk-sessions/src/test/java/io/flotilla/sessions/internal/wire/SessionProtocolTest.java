package io.flotilla.sessions.internal.wire;

import static io.flotilla.sessions.internal.wire.Messages.TIMEOUT_SECONDS;
import static io.flotilla.sessions.internal.wire.Messages.changeTimeout;
import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static io.flotilla.sessions.internal.wire.Messages.update;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code SessionStoreContract} cannot see: access times on their way to the backups, grace, what is remembered. */
final class SessionProtocolTest {
    private static final long A = 11;
    private static final long NO_LOSS = Long.MIN_VALUE;
    private static final long START = 1_000_000_000L;
    private static final long TIMEOUT = TIMEOUT_SECONDS * 1000L;

    private static SessionRecord session(int timeoutSeconds) {
        return SessionRecord.create(newSession(A, 1, "s", timeoutSeconds), START, 1);
    }

    private static OpenReply.Status open(@Nullable SessionRecord record, long now, long lastLoss) {
        return SessionProtocol.open(record, secret("s"), Version.NONE.tag(), now, lastLoss)
                .reply()
                .status();
    }

    private static boolean backsUp(SessionRecord record, long now) {
        return SessionProtocol.open(record, secret("s"), Version.NONE.tag(), now, NO_LOSS)
                .backup();
    }

    @Test
    void accessTimeReachesTheBackupsOnceAMinute() {
        SessionRecord record = session(TIMEOUT_SECONDS);

        assertThat(backsUp(record, START + 59_999)).isFalse();
        assertThat(backsUp(record, START + 60_000)).isTrue();
        assertThat(backsUp(record, START + 119_999)).isFalse();
        assertThat(SessionProtocol.touch(record, secret("s"), START + 120_000, NO_LOSS)
                        .backup())
                .isTrue();
    }

    @Test
    void accessTimeOfAShortSessionReachesTheBackupsMoreOften() {
        SessionRecord record = session(100);

        assertThat(backsUp(record, START + 4_999)).isFalse();
        assertThat(backsUp(record, START + 5_000)).isTrue();
    }

    @Test
    void accessTimeOfAnEndlessSessionNeedsNoBackup() {
        assertThat(backsUp(session(0), START + 86_400_000)).isFalse();
    }

    @Test
    void accessTimeNeverGoesBack() {
        SessionRecord record = session(TIMEOUT_SECONDS);
        open(record, START + 10_000, NO_LOSS);
        open(record, START + 5_000, NO_LOSS);
        assertThat(record.lastAccessed()).isEqualTo(START + 10_000);
        SessionRecord next =
                requireNonNull(SessionProtocol.commit(record, update(A, 2, record.version()), START, 2, NO_LOSS)
                        .stored());

        assertThat(next.lastAccessed()).isEqualTo(START + 10_000);
    }

    @Test
    void creationTimeIsNeverInTheOwnersFuture() {
        SessionRecord fromTheFuture = session(TIMEOUT_SECONDS);
        assertThat(fromTheFuture.created()).isEqualTo(START);
    }

    @Test
    void backupsAccessTimeIsGivenGraceAfterALoss() {
        SessionRecord record = session(TIMEOUT_SECONDS);
        long expired = START + TIMEOUT + 1;

        assertThat(open(record, expired, NO_LOSS)).isEqualTo(OpenReply.Status.GONE);
        assertThat(record.isDue(expired, NO_LOSS)).isTrue();
        assertThat(record.isDue(expired, START + 5)).isFalse();
        assertThat(open(record, expired, START + 5)).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void graceEnds() {
        SessionRecord record = session(TIMEOUT_SECONDS);
        long last = START + TIMEOUT + 60_000;

        assertThat(record.isExpired(last, START)).isFalse();
        assertThat(record.isExpired(last + 1, START)).isTrue();
    }

    @Test
    void accessAfterTheLossNeedsNoGrace() {
        SessionRecord record = session(TIMEOUT_SECONDS);
        open(record, START + 100, START + 50);

        assertThat(record.isExpired(START + 100 + TIMEOUT + 1, START + 50)).isTrue();
    }

    @Test
    void tombstoneIsKeptForItsTimeAndAnExpiredSessionNotAtAll() {
        SessionRecord dead = session(TIMEOUT_SECONDS).dead(START + 10, 2);

        assertThat(dead.isDue(START + 10 + 600_000, NO_LOSS)).isFalse();
        assertThat(dead.isDue(START + 11 + 600_000, NO_LOSS)).isTrue();
        assertThat(session(10).isDue(START + 10_000, NO_LOSS)).isFalse();
        assertThat(session(10).isDue(START + 10_001, NO_LOSS)).isTrue();
        assertThat(session(0).isDue(Long.MAX_VALUE / 2, NO_LOSS)).isFalse();
    }

    @Test
    void tombstoneHoldsNothing() {
        SessionRecord dead = SessionRecord.create(newSession(A, 1, "s", set("a", Version.NONE, "1")), START, 1)
                .dead(START, 2);

        assertThat(dead.attributes()).isEmpty();
        assertThat(dead.version().counter()).isEqualTo(2);
    }

    @Test
    void sixteenWritersAreRemembered() {
        SessionRecord record = session(TIMEOUT_SECONDS);
        for (long writer = 1; writer <= 16; writer++) {
            record = record.apply(update(writer, 100, record.version()), START, writer);
        }
        assertThat(record.hasSeen(A, 1)).isTrue();
        assertThat(record.hasSeen(1, 100)).isTrue();
        assertThat(record.hasSeen(1, 101)).isFalse();
        record = record.apply(update(17, 100, record.version()), START, 17);

        assertThat(record.hasSeen(1, 100)).as("the one that was silent longest").isFalse();
        List<Long> seen = new ArrayList<>();
        for (long writer = 2; writer <= 17; writer++) {
            if (record.hasSeen(writer, 100)) {
                seen.add(writer);
            }
        }
        assertThat(seen).hasSize(16);
    }

    @Test
    void writerThatWritesAgainTakesNoSecondPlace() {
        SessionRecord record = session(TIMEOUT_SECONDS);
        for (long sequence = 2; sequence <= 40; sequence++) {
            record = record.apply(update(A, sequence, record.version()), START, sequence);
            record = record.apply(update(22, sequence, record.version()), START, sequence);
        }

        assertThat(record.hasSeen(A, 40)).isTrue();
        assertThat(record.hasSeen(A, 41)).isFalse();
        assertThat(record.hasSeen(22, 40)).isTrue();
    }

    @Test
    void fourOldSecretsAreRemembered() {
        SessionRecord record = session(TIMEOUT_SECONDS);
        for (int i = 1; i <= 5; i++) {
            record = record.apply(
                    Messages.changeId(A, i + 1L, record.version(), i == 1 ? "s" : "s" + (i - 1), "s" + i), START, i);
        }

        assertThat(record.match(secret("s5"), START)).isEqualTo(SessionRecord.SecretMatch.CURRENT);
        assertThat(record.match(secret("s1"), START)).isEqualTo(SessionRecord.SecretMatch.ROTATED);
        assertThat(record.match(secret("s"), START)).isEqualTo(SessionRecord.SecretMatch.WRONG);
    }

    @Test
    void recordWithoutASecretIsOpenedByNone() {
        SessionRecord record = new SessionRecord();
        record = record.apply(changeTimeout(A, 1, Version.NONE, 60), START, 1);

        assertThat(record.match(secret("s"), START)).isEqualTo(SessionRecord.SecretMatch.WRONG);
    }

    @Test
    void oldRecordIsNotTouchedByACommit() {
        SessionRecord record = session(TIMEOUT_SECONDS);
        Version version = record.version();
        SessionProtocol.commit(record, update(A, 2, version, set("a", Version.NONE, "1")), START + 5, 2, NO_LOSS);

        assertThat(record.attributes()).isEmpty();
        assertThat(record.version()).isEqualTo(version);
        assertThat(record.hasSeen(A, 2)).isFalse();
        assertThat(record.lastAccessed()).isEqualTo(START);
    }
}
