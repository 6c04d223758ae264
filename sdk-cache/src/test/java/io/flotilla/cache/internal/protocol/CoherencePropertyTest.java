package io.flotilla.cache.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The classes of the protocol, in a cluster where messages are late, lost and doubled and members die, freeze and part. */
final class CoherencePropertyTest {
    private static final long MILLIS = 25_000;
    private static final Farm.Weather FAIR = new Farm.Weather(0, 0, 0, 0);
    private static final Farm.Weather FOUL = new Farm.Weather(0.05, 0.05, 0.1, 2_000);

    @Property(tries = 30)
    void nothingIsStaleWhereMessagesAreOnlySlow(@ForAll long seed) {
        Farm farm = new Farm(seed, 3, FAIR);
        farm.use(MILLIS, 20);
        farm.run(MILLIS);
        farm.calm();
    }

    @Property(tries = 60)
    void stalenessIsBoundedInFoulWeather(@ForAll long seed) {
        Farm farm = new Farm(seed, 3, FOUL);
        farm.use(MILLIS, 20);
        farm.run(MILLIS);
        farm.calm();
    }

    @Property(tries = 150)
    void stalenessIsBoundedWhateverHappensToMembers(@ForAll long seed) {
        everything(seed);
    }

    /** What the properties prove is worth nothing if nobody ever reads what might be stale. */
    @Test
    void theFarmIsAsHostileAsItShouldBe() {
        long hits = 0;
        long worst = 0;
        for (long seed = 0; seed < 40; seed++) {
            Farm farm = everything(seed);
            hits += farm.truth().hits();
            worst = Math.max(worst, farm.truth().worstStaleness());
        }
        assertThat(hits).isGreaterThan(10_000);
        assertThat(worst).isBetween(Times.PROOF_NANOS * 9 / 10, Times.PROOF_NANOS);
    }

    private static Farm everything(long seed) {
        Random random = new Random(seed);
        Farm farm = new Farm(seed, 3 + random.nextInt(2), random.nextBoolean() ? FAIR : FOUL);
        farm.use(MILLIS, 20);
        for (int i = 0; i < 10; i++) {
            long at = Agenda.millis(random.nextInt((int) MILLIS));
            long takes = 200L + random.nextInt(12_000);
            Runnable fault = switch (random.nextInt(8)) {
                case 0 -> farm::crash;
                case 1 -> farm::join;
                case 2 -> () -> farm.freeze(takes);
                case 3 -> () -> farm.cut(takes * 2);
                case 4, 5 -> () -> farm.breakLink(takes / 2);
                default -> farm::moveSomething;
            };
            farm.agenda().at(at, fault);
        }
        farm.run(MILLIS);
        farm.calm();
        return farm;
    }
}
