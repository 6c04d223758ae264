package io.flotilla.internal.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PendingConnectionsTest {
    private static final int PER_ADDRESS = 4;
    private static final int ALL = 10;

    private final PendingConnections<Fake> pending = new PendingConnections<>(PER_ADDRESS, ALL);

    private record Fake(InetAddress address, boolean hasSpoken, int number) implements PendingConnections.Candidate {}

    private static Fake silent(int host, int number) {
        return new Fake(address(host), false, number);
    }

    private static Fake speaking(int host, int number) {
        return new Fake(address(host), true, number);
    }

    private static InetAddress address(int host) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void whileThereIsRoomNobodyHasToGo() {
        for (int i = 0; i < PER_ADDRESS; i++) {
            assertThat(pending.admit(silent(1, i))).isNull();
        }
        assertThat(pending.size()).isEqualTo(PER_ADDRESS);
    }

    @Test
    void anAddressThatHasItsFillLosesItsOldestSilentConnection() {
        pending.admit(speaking(1, 0));
        pending.admit(silent(1, 1));
        pending.admit(silent(1, 2));
        pending.admit(speaking(1, 3));

        assertThat(pending.admit(silent(1, 4))).isEqualTo(silent(1, 1));
        assertThat(pending.admit(silent(2, 5))).as("another address").isNull();
    }

    @Test
    void whereAllHaveSpokenTheOldestGoes() {
        for (int i = 0; i < PER_ADDRESS; i++) {
            pending.admit(speaking(1, i));
        }

        assertThat(pending.admit(silent(1, 4))).isEqualTo(speaking(1, 0));
    }

    @Test
    void whenAllIsFullTheAddressWithMostPays() {
        for (int i = 0; i < PER_ADDRESS; i++) {
            pending.admit(silent(1, i));
        }
        for (int i = PER_ADDRESS; i < ALL; i++) {
            pending.admit(silent(i, i));
        }

        assertThat(pending.admit(silent(99, ALL))).isEqualTo(silent(1, 0));
        assertThat(pending.size()).isEqualTo(ALL);
    }

    @Test
    void whoHasProvenItselfCountsNoMore() {
        Fake first = silent(1, 0);
        pending.admit(first);
        for (int i = 1; i < PER_ADDRESS; i++) {
            pending.admit(silent(1, i));
        }

        pending.settle(first);

        assertThat(pending.admit(silent(1, 9))).isNull();
    }

    /** However many silent connections come from wherever, one that speaks at once keeps its place. */
    @Property
    void silenceNeverPushesOutAMemberThatSpeaks(@ForAll long seed, @ForAll @IntRange(min = 1, max = 250) int hosts) {
        Random random = new Random(seed);
        PendingConnections<Fake> all = new PendingConnections<>(PER_ADDRESS, ALL);
        List<Fake> gone = new ArrayList<>();
        Fake member = speaking(1, -1);
        for (int i = 0; i < 200; i++) {
            Fake victim = all.admit(i == 100 ? member : silent(random.nextInt(hosts), i));
            if (victim != null) {
                gone.add(victim);
            }
            assertThat(all.size()).isLessThanOrEqualTo(ALL);
        }
        assertThat(gone).doesNotContain(member).hasSize(200 - all.size());
    }
}
