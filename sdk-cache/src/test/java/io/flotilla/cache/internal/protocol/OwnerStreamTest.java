package io.flotilla.cache.internal.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OwnerStreamTest {
    private static final UUID OWNER = new UUID(0, 1);
    private static final UUID READER = new UUID(0, 2);
    private static final int PARTITION = 3;

    private final OwnerStream<String> stream = new OwnerStream<>(OWNER, 3);
    private long now;

    @BeforeEach
    void longOwner() {
        stream.gained(PARTITION, now); // note 1
        now += 2 * Times.PROOF_NANOS;
    }

    @Test
    void aNewReaderBeginsAtTheEnd() {
        stream.changed(PARTITION, "a");

        Bulletin<String> bulletin = report(Report.NEW, 77);

        assertThat(bulletin).isEqualTo(new Bulletin<>(OWNER, 3, List.of(), 0, 2, 77));
    }

    @Test
    void notesGoToEveryReaderUntilTheyAreAcknowledged() {
        report(Report.NEW, 1);
        stream.changed(PARTITION, "a");

        assertThat(requireNonNull(stream.due(now).get(READER)).notes()).containsExactly(new Note<>(PARTITION, "a"));
        assertThat(stream.due(now)).isEmpty();
        now += Times.RESEND_NANOS;
        assertThat(requireNonNull(stream.due(now).get(READER)).first()).isEqualTo(2);

        report(2, 2);
        now += Times.RESEND_NANOS;
        assertThat(stream.due(now)).isEmpty();
    }

    @Test
    void whatAReaderMissesIsRepeatedAndWhatIsForgottenIsSaid() {
        report(Report.NEW, 1);
        for (String each : "a b c d".split(" ", -1)) {
            stream.changed(PARTITION, each);
        }

        Bulletin<String> bulletin = report(1, 2);

        assertThat(bulletin.forgotten()).isEqualTo(2);
        assertThat(bulletin.first()).isEqualTo(3);
        assertThat(bulletin.notes()).extracting(Note::key).containsExactly("b", "c", "d");
        assertThat(bulletin.last()).isEqualTo(5);
    }

    @Test
    void forgettingAllLeavesNobodyAWayToCatchUp() {
        stream.forgetAll();

        Bulletin<String> bulletin = report(1, 2);

        assertThat(bulletin.forgotten()).isEqualTo(2);
        assertThat(bulletin.last()).isEqualTo(2);
    }

    @Test
    void givingAPartitionUpIsNotedOnceAndEndsItsPositions() {
        assertThat(stream.position(PARTITION).number()).isEqualTo(1);

        stream.lost(PARTITION);
        stream.lost(PARTITION);

        assertThat(stream.position(PARTITION).number()).isEqualTo(Position.NOWHERE);
        assertThat(report(1, 1).notes()).containsExactly(new Note<>(PARTITION, null));
    }

    @Test
    void theTableOfPartitionsMakesGoodForMissedEvents() {
        stream.holdsOnly(Set.of(4), now);

        assertThat(report(1, 1).notes()).containsExactlyInAnyOrder(new Note<>(PARTITION, null), new Note<>(4, null));
        assertThat(stream.position(4).number()).isEqualTo(3);
    }

    @Test
    void aChangeIsSettledWhenAllReadersKnowIt() {
        report(Report.NEW, 1);
        Position change = stream.changed(PARTITION, "a");
        assertThat(stream.isSettled(change, PARTITION, now, now)).isFalse();

        report(2, 2);

        assertThat(stream.isSettled(change, PARTITION, now, now)).isTrue();
    }

    @Test
    void aSilentReaderHoldsAChangeUpUntilItsProofHasRunOut() {
        report(Report.NEW, 1);
        long madeAt = now;
        Position change = stream.changed(PARTITION, "a");
        now += Times.PROOF_NANOS;
        assertThat(stream.isSettled(change, PARTITION, madeAt, now)).isFalse();

        now = madeAt + Times.OUTLASTS_PROOF_NANOS;

        assertThat(stream.isSettled(change, PARTITION, madeAt, now)).isTrue();
    }

    @Test
    void aNewOwnerWaitsForWhatReadersHaveFromItsPredecessor() {
        stream.gained(5, now);
        Position change = stream.changed(5, "a");
        assertThat(stream.isSettled(change, 5, now, now)).isFalse();

        assertThat(stream.isSettled(change, 5, now, now + Times.OUTLASTS_PROOF_NANOS))
                .isTrue();
    }

    @Test
    void aReaderThatIsSilentIsForgotten() {
        report(Report.NEW, 1);
        stream.changed(PARTITION, "a");
        now += Times.OUTLASTS_PROOF_NANOS + 1;

        assertThat(stream.due(now)).isEmpty();
    }

    private Bulletin<String> report(long applied, long stamp) {
        return stream.answer(new Report(READER, applied, stamp), now);
    }
}
