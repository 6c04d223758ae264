package io.flotilla.cache.internal.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RowProtocolTest {
    private static final UUID OWNER = new UUID(0, 1);
    private static final UUID READER = new UUID(0, 2);
    private static final UUID OTHER = new UUID(0, 3);
    private static final Position HERE = new Position(OWNER, 7);
    private static final long LEASE = 1_000;

    private @Nullable Row<String> row;
    private long grants;
    private long operations;
    private long now;

    @Test
    void whoAsksFirstLoads() {
        Answer<String> first = ask(1, READER);
        Answer<String> second = ask(2, OTHER);

        assertThat(first.status()).isEqualTo(Answer.Status.LOAD);
        assertThat(first.lease()).isNotNull();
        assertThat(second.status()).isEqualTo(Answer.Status.WAIT);
        assertThat(second.lease()).isNull();
        assertThat(second.leaseFor()).isEqualTo(LEASE);
    }

    @Test
    void aRepeatedAskGetsItsOwnLeaseAgain() {
        assertThat(ask(1, READER).lease()).isEqualTo(ask(1, READER).lease());
    }

    @Test
    void aFillWakesWhoWaitsAndIsForEverybody() {
        LeaseId lease = leased(1);
        ask(2, OTHER);

        Step<String, Written> filled = fill(lease, "value", 5);

        assertThat(filled.reply().stored()).isTrue();
        assertThat(filled.reach()).isEqualTo(Step.Reach.BACKUPS);
        assertThat(filled.woken()).containsExactly(OTHER);
        Answer<String> answer = ask(3, OTHER);
        assertThat(answer.status()).isEqualTo(Answer.Status.HIT);
        assertThat(answer.value()).isEqualTo("value");
        assertThat(answer.version()).isEqualTo(5);
        assertThat(answer.position()).isEqualTo(HERE);
    }

    @Test
    void aLateFillIsRefused() {
        LeaseId lease = leased(1);
        invalidate();

        Step<String, Written> filled = fill(lease, "old", 5);

        assertThat(filled.reply().stored()).isFalse();
        assertThat(filled.row()).isNull();
    }

    @Test
    void aFillAfterAPutIsRefused() {
        LeaseId lease = leased(1);
        put("new", 4);

        assertThat(fill(lease, "old", 5).reply().stored()).isFalse();
        assertThat(ask(2, READER).value()).isEqualTo("new");
    }

    @Test
    void aFillOfALapsedLeaseIsStoredUnlessSomebodyElseLoads() {
        LeaseId lapsed = leased(1);
        now += LEASE;
        assertThat(RowProtocol.fill(row, lapsed, content("value"), 5, now, HERE)
                        .reply()
                        .stored())
                .isTrue();

        LeaseId next = leased(2);

        assertThat(fill(lapsed, "old", 5).reply().stored()).isFalse();
        assertThat(fill(next, "new", 6).reply().stored()).isTrue();
    }

    @Test
    void aRepeatedFillIsConfirmed() {
        LeaseId lease = leased(1);
        fill(lease, "value", 5);

        Step<String, Written> again = fill(lease, "value", 6);

        assertThat(again.reply().stored()).isTrue();
        assertThat(again.reply().version()).isEqualTo(5);
        assertThat(again.reach()).isEqualTo(Step.Reach.BACKUPS);
    }

    /** An ask and a fill were sent twice, and the second ones come after a change. */
    @Test
    void aFillThatComesTwiceMeetsAnotherLease() {
        LeaseId lease = leased(1);
        fill(lease, "old", 5);
        invalidate();
        LeaseId late = leased(1);

        assertThat(late).isNotEqualTo(lease);
        assertThat(fill(lease, "old", 6).reply().stored()).isFalse();
    }

    @Test
    void anAbandonedLoadFreesTheKey() {
        LeaseId lease = leased(1);
        ask(2, OTHER);

        Step<String, Boolean> step = RowProtocol.abandon(row, lease, now);
        row = step.row();

        assertThat(step.woken()).containsExactly(OTHER);
        assertThat(ask(2, OTHER).status()).isEqualTo(Answer.Status.LOAD);
    }

    @Test
    void aStaleValueIsServedWhileOneLoadsItAnew() {
        fill(leased(1), "stale", 5);
        now += 100;

        Answer<String> first = ask(2, READER);
        Answer<String> second = ask(3, OTHER);

        assertThat(first.status()).isEqualTo(Answer.Status.STALE_LOAD);
        assertThat(first.value()).isEqualTo("stale");
        assertThat(second.status()).isEqualTo(Answer.Status.STALE);
        assertThat(second.freshFor()).isZero();
        assertThat(second.usableFor()).isEqualTo(100);
    }

    @Test
    void aValueThatIsTooOldIsAsIfItWasNotThere() {
        fill(leased(1), "dead", 5);
        now += 200;

        Answer<String> answer = ask(2, READER);

        assertThat(answer.status()).isEqualTo(Answer.Status.LOAD);
        assertThat(answer.value()).isNull();
    }

    @Test
    void leasesAreNotBackedUpAndRemovalsAlwaysAre() {
        assertThat(RowProtocol.ask(row, Ask.of(1, READER, LEASE), 1, now, HERE).reach())
                .isEqualTo(Step.Reach.OWNER);
        assertThat(RowProtocol.invalidate(null, HERE).reach()).isEqualTo(Step.Reach.BACKUPS);
    }

    @Test
    void aRepeatedPutSendsTheRowAsItIsNow() {
        Written first = put("first", 4).reply();
        put("second", 5);

        Step<String, Written> again = RowProtocol.repeated(row, first);

        assertThat(again.reply()).isEqualTo(first);
        assertThat(again.reach()).isEqualTo(Step.Reach.BACKUPS);
        assertThat(requireNonNull(again.row()).value()).isEqualTo("second");
    }

    private Answer<String> ask(long token, UUID reader) {
        Step<String, Answer<String>> step = RowProtocol.ask(row, Ask.of(token, reader, LEASE), ++grants, now, HERE);
        row = step.row();
        return step.reply();
    }

    private LeaseId leased(long token) {
        return requireNonNull(ask(token, READER).lease());
    }

    private Step<String, Written> fill(LeaseId lease, String value, long version) {
        Step<String, Written> step = RowProtocol.fill(row, lease, content(value), version, now, HERE);
        row = step.row();
        return step;
    }

    private Step<String, Written> put(String value, long version) {
        Step<String, Written> step = RowProtocol.put(row, ++operations, content(value), version, now, HERE);
        row = step.row();
        return step;
    }

    private void invalidate() {
        row = RowProtocol.invalidate(row, HERE).row();
    }

    private static Content<String> content(String value) {
        return new Content<>(value, 100, 200);
    }
}
