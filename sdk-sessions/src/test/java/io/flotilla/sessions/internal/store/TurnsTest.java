package io.flotilla.sessions.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.sessions.internal.store.InMemorySessionStore.Verb;
import io.flotilla.sessions.internal.wire.Turn;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Turns whose owners do not answer for long. */
final class TurnsTest {
    private final InMemorySessionStore store = new InMemorySessionStore(new TestTime().clock());
    private final Turns turns = new Turns(store);

    @Test
    void turnThatCannotBeGivenBackIsForgottenSoonAfterItHasRunOut() {
        store.loseAnswers(Verb.GIVE_TURN_BACK, Integer.MAX_VALUE);
        for (int i = 1; i <= 100; i++) {
            turns.end("k" + i, i);
        }
        Duration passed = Duration.ZERO;
        while (passed.compareTo(Turn.LEASE) < 0) {
            assertThat(turns.size()).isEqualTo(100);
            turns.run();
            passed = passed.plus(Turn.LEASE.dividedBy(3));
        }
        turns.run();

        assertThat(turns.size()).isZero();
    }

    @Test
    void turnThatLastsIsRenewedHoweverLongNobodyAnswers() {
        store.loseAnswers(Verb.KEEP_TURN, Integer.MAX_VALUE);
        turns.begin("k", 1, 2);
        for (int i = 0; i < 20; i++) {
            turns.run();
        }

        assertThat(turns.size()).isEqualTo(1);
        assertThat(store.calls(Verb.KEEP_TURN)).isEqualTo(20);
    }
}
