package io.flotilla.cache.internal.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FirstTierTest {
    private static final UUID READER = new UUID(0, 1);
    private static final UUID ONE = new UUID(0, 2);
    private static final UUID TWO = new UUID(0, 3);
    private static final int PARTITION = 3;
    private static final String KEY = "key";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final FirstTier<String, String> tier = new FirstTier<>(new ConcurrentHashMap<>());
    private final StreamViews<String> views = new StreamViews<>(READER, 10, 2, tier, () -> this.now);
    private long now = 100 * SECOND;

    @BeforeEach
    void knowsTheOwner() {
        views.joined(ONE);
        views.joined(TWO);
        bulletin(ONE, 11, 10);
    }

    @Test
    void anAnswerIsKept() {
        answer(ONE, 10, 1, "value");

        assertThat(seen()).isEqualTo("value");
    }

    @Test
    void aChangeRemovesWhatWasBefore() {
        answer(ONE, 10, 1, "old");

        bulletin(ONE, 11, 11, KEY);

        assertThat(seen()).isNull();
    }

    @Test
    void anAnswerFromBeforeAChangeComesTooLate() {
        bulletin(ONE, 11, 11, KEY);
        answer(ONE, 10, 1, "old");
        assertThat(seen()).isNull();

        answer(ONE, 11, 2, "new");
        assertThat(seen()).isEqualTo("new");
    }

    @Test
    void whoseFloorWasLetGoIsJudgedByTheHorizon() {
        bulletin(ONE, 11, 13, KEY, "a", "b");

        answer(ONE, 10, 1, "old");
        assertThat(seen()).isNull();

        answer(ONE, 11, 2, "new");
        assertThat(seen()).isEqualTo("new");
    }

    @Test
    void aStreamThatIsNotKnownIsNotTrusted() {
        answer(TWO, 10, 1, "value");

        assertThat(tier.get(KEY)).isNull();
    }

    @Test
    void whatARefreshReplacedDoesNotReturn() {
        answer(ONE, 10, 2, "refreshed");
        answer(ONE, 10, 1, "stale");

        assertThat(seen()).isEqualTo("refreshed");
    }

    @Test
    void aProofRunsOut() {
        answer(ONE, 10, 1, "value");
        now += 3 * SECOND - 1;
        assertThat(worth()).isEqualTo(NearValue.Worth.FRESH);

        now += 1;
        assertThat(worth()).isEqualTo(NearValue.Worth.UNPROVEN);

        bulletin(ONE, 11, 10);
        assertThat(worth()).isEqualTo(NearValue.Worth.FRESH);
    }

    @Test
    void aBulletinThatLayInAQueueProvesNothing() {
        answer(ONE, 10, 1, "value");
        long asked = now;
        now += 4 * SECOND;

        views.take(new Bulletin<>(ONE, 11, List.of(), 0, 10, asked));

        assertThat(worth()).isEqualTo(NearValue.Worth.UNPROVEN);
    }

    @Test
    void aGapProvesNothingUntilItIsFilled() {
        answer(ONE, 10, 1, "value");
        now += 3 * SECOND;
        views.take(new Bulletin<>(ONE, 13, List.of(), 0, 12, now));
        assertThat(worth()).isEqualTo(NearValue.Worth.UNPROVEN);
        assertThat(views.report(ONE, now).applied()).isEqualTo(10);

        views.take(new Bulletin<>(ONE, 11, notes("a", "b"), 0, 12, now - SECOND));
        assertThat(worth()).isEqualTo(NearValue.Worth.FRESH);
    }

    @Test
    void whatTheOwnerHasForgottenVoidsWhatWasBefore() {
        answer(ONE, 10, 1, "value");

        views.take(new Bulletin<>(ONE, 51, List.of(), 50, 50, now));

        assertThat(worth()).isEqualTo(NearValue.Worth.NOTHING);
        assertThat(views.report(ONE, now).applied()).isEqualTo(50);
    }

    @Test
    void theEndOfATenureVoidsThePartition() {
        answer(ONE, 10, 1, "value");

        views.take(new Bulletin<>(ONE, 11, List.of(new Note<>(PARTITION, null)), 0, 11, now));

        assertThat(worth()).isEqualTo(NearValue.Worth.NOTHING);
    }

    @Test
    void aMemberThatLeavesTakesItsValuesAlong() {
        answer(ONE, 10, 1, "value");

        views.left(ONE);

        assertThat(worth()).isEqualTo(NearValue.Worth.NOTHING);
        bulletin(ONE, 11, 10);
        assertThat(views.of(ONE)).as("a late bulletin").isNull();
    }

    @Test
    void anAnswerOfTheFormerOwnerThatCrossedTheNextOnesIsNotKept() {
        bulletin(TWO, 21, 20);
        long asked = now;
        now += 1;
        tier.changed(KEY, PARTITION, new Position(TWO, 20), views, now);

        tier.install(KEY, PARTITION, answerOf(ONE, 10, 1, "old"), views, asked, now);
        assertThat(seen()).isNull();

        now += 1;
        answer(ONE, 10, 3, "owner again");
        assertThat(seen()).isEqualTo("owner again");
    }

    @Test
    void anOwnChangeIsSeenAtOnce() {
        answer(ONE, 10, 1, "old");
        tier.changed(KEY, PARTITION, new Position(ONE, 11), views, now);
        assertThat(seen()).isNull();

        answer(ONE, 10, 1, "old");
        assertThat(seen()).as("asked before it").isNull();
    }

    @Test
    void anOwnChangeCountsThoughTheStreamIsNotKnownYet() {
        tier.changed(KEY, PARTITION, new Position(TWO, 21), views, now);
        now += 1;
        bulletin(TWO, 21, 20);

        answer(TWO, 20, 1, "old");
        assertThat(seen()).isNull();
    }

    @Test
    void timeToLiveCountsFromTheQuestion() {
        long asked = now;
        now += SECOND;
        tier.install(KEY, PARTITION, answerOf(ONE, 10, 1, "value"), views, asked, now);
        now = asked + 100 * SECOND;
        bulletin(ONE, 11, 10);
        assertThat(worth()).isEqualTo(NearValue.Worth.STALE);

        now = asked + 200 * SECOND;
        assertThat(worth()).isEqualTo(NearValue.Worth.NOTHING);
    }

    /** It may hold a value that the bulletin has just removed. */
    @Test
    void aProofThatComesTooLateIsNoneForAReadThatHasBegun() {
        answer(ONE, 10, 1, "old");
        now += 4 * SECOND;
        long begun = now;
        NearValue<String, String> found = requireNonNull(tier.get(KEY));
        now++;
        bulletin(ONE, 11, 11, KEY);

        assertThat(found.worth(begun)).isEqualTo(NearValue.Worth.UNPROVEN);
        answer(ONE, 11, 2, "new");
        assertThat(seen()).as("to a read that begins now").isEqualTo("new");
    }

    @Test
    void aProofThatComesInTimeIsOneForAllReads() {
        answer(ONE, 10, 1, "value");
        long begun = now;
        NearValue<String, String> found = requireNonNull(tier.get(KEY));
        now += SECOND;
        bulletin(ONE, 11, 10);

        assertThat(found.worth(begun)).isEqualTo(NearValue.Worth.FRESH);
    }

    private void answer(UUID owner, long number, long version, String value) {
        tier.install(KEY, PARTITION, answerOf(owner, number, version, value), views, now, now);
    }

    private static Answer<String> answerOf(UUID owner, long number, long version, String value) {
        return new Answer<>(Answer.Status.HIT, version, value, 100_000, 200_000, null, 0, new Position(owner, number));
    }

    private void bulletin(UUID owner, long first, long last, String... keys) {
        views.take(new Bulletin<>(owner, first, notes(keys), 0, last, now));
    }

    private static List<Note<String>> notes(String... keys) {
        return Stream.of(keys).map(key -> new Note<>(PARTITION, key)).toList();
    }

    private NearValue.Worth worth() {
        return requireNonNull(tier.get(KEY)).worth(now);
    }

    private @Nullable String seen() {
        NearValue<String, String> near = tier.get(KEY);
        return near == null || near.worth(now) != NearValue.Worth.FRESH ? null : near.value();
    }
}
