package io.flotilla.sessions.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Measured by a list of the last sixteen writers and a map of all sequences. */
final class WritersTest {
    private static final int MOST = 16;

    @Property
    void theLastSixteenAreKnown(@ForAll @Size(max = 60) List<@LongRange(min = 1, max = 24) Long> turns) {
        Writers writers = Writers.NONE;
        List<Long> latest = new ArrayList<>();
        Map<Long, Long> sequences = new HashMap<>();
        long sequence = 0;
        for (long writer : turns) {
            writers = writers.after(writer, ++sequence);
            latest.remove(writer);
            latest.add(0, writer);
            sequences.put(writer, sequence);
        }

        for (long writer = 0; writer <= 24; writer++) {
            int place = latest.indexOf(writer);
            boolean known = place >= 0 && place < MOST;
            long last = sequences.getOrDefault(writer, 0L);
            assertThat(writers.hasSeen(writer, last)).isEqualTo(known);
            assertThat(writers.hasSeen(writer, last - 1)).isEqualTo(known);
            assertThat(writers.hasSeen(writer, last + 1)).isFalse();
        }
    }

    @Property
    void whatEitherSideHasSeenBothHave(
            @ForAll @Size(max = 8) List<@LongRange(min = 1, max = 8) Long> here,
            @ForAll @Size(max = 8) List<@LongRange(min = 1, max = 8) Long> there) {
        Writers one = of(here);
        Writers other = of(there);
        Writers both = one.with(other);

        for (long writer = 1; writer <= 8; writer++) {
            for (long sequence = 1; sequence <= 8; sequence++) {
                assertThat(both.hasSeen(writer, sequence))
                        .isEqualTo(one.hasSeen(writer, sequence) || other.hasSeen(writer, sequence));
            }
        }
    }

    private static Writers of(List<Long> turns) {
        Writers writers = Writers.NONE;
        for (int i = 0; i < turns.size(); i++) {
            writers = writers.after(turns.get(i), i + 1L);
        }
        return writers;
    }
}
