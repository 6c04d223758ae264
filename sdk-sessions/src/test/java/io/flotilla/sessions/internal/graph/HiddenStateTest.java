package io.flotilla.sessions.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** State that is stored with an object though its class does not show it at first sight. */
final class HiddenStateTest {
    private final Graphs graphs = new Graphs();

    private void assertNotTakenForUnchanged(Object root, Runnable change) {
        GraphState state = graphs.stateOf(root);
        change.run();
        assertThat(state != null && state.holds()).isFalse();
    }

    private static final class NamedList extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("UnusedVariable")
        private String name = "";
    }

    private static final class NamedMap extends HashMap<String, String> {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("UnusedVariable")
        private String name = "";
    }

    @Test
    void whatIsBehindAnUnmodifiableViewCounts() {
        NamedList list = new NamedList();
        NamedMap map = new NamedMap();
        assertNotTakenForUnchanged(Collections.unmodifiableList(list), () -> list.name = "a");
        assertNotTakenForUnchanged(Collections.unmodifiableCollection(list), () -> list.name = "b");
        assertNotTakenForUnchanged(Collections.unmodifiableMap(map), () -> map.name = "c");
    }

    private static final class Lazy extends ArrayList<String> {
        private static final long serialVersionUID = 1;
        private transient int asked;

        @Override
        public Iterator<String> iterator() {
            asked++;
            return super.iterator();
        }

        @Override
        public int size() {
            asked++;
            return super.size();
        }
    }

    @Test
    void noCollectionOfTheApplicationIsAskedForItsElements() {
        Lazy lazy = new Lazy();
        for (Collection<String> each :
                List.of(Collections.unmodifiableList(lazy), Collections.unmodifiableCollection(lazy))) {
            GraphState state = graphs.stateOf(each);
            if (state != null) {
                state.holds();
            }
        }
        assertThat(lazy.asked).isZero();
    }

    @Test
    void theMapBehindItsKeysCounts() {
        ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>(Map.of("tea", 1));
        assertNotTakenForUnchanged(map.keySet(), () -> map.put("tea", 2));
        assertNotTakenForUnchanged(map.keySet(3), () -> map.put("tea", 4));
    }

    private static final class Amount extends BigDecimal {
        private static final long serialVersionUID = 1;

        Amount(String text) {
            super(text);
        }
    }

    private static final class Count extends BigInteger {
        private static final long serialVersionUID = 1;

        Count(String text) {
            super(text);
        }
    }

    private void assertChange(Object before, Object after) {
        AtomicReference<Object> holder = new AtomicReference<>(before);
        assertNotTakenForUnchanged(holder, () -> holder.set(after));
    }

    @Test
    void equalIsNotAlwaysTheSame() {
        assertChange(new BigDecimal("1"), new Amount("1"));
        assertChange(new BigInteger("1"), new Count("1"));
        assertChange(URI.create("http://Shop.com/%c3"), URI.create("http://shop.com/%C3"));
    }

    private static final class SetClock extends Clock implements Serializable {
        private static final long serialVersionUID = 1;
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void theClockBehindAClockCounts() {
        SetClock clock = new SetClock();
        Clock shifted = Clock.offset(clock, Duration.ofHours(1));
        assertThat(Immutables.isImmutable(shifted)).isFalse();
        assertNotTakenForUnchanged(shifted, () -> clock.now = Instant.MAX);
    }
}
