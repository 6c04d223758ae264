package io.flotilla.sessions.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flotilla.ClusterDataException;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ValueCodec;
import io.flotilla.sessions.NonSerializable;
import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.sessions.internal.store.InMemorySessionStore.Verb;
import io.flotilla.spi.codec.CodecSettings;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.TestTime;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a node keeps of a session's objects while no request uses it. */
@ExtendWith(CleanSlate.class)
final class KeptObjectsTest {
    private final TestTime time = new TestTime();
    private final InMemorySessionStore store = new InMemorySessionStore(time.clock());
    private final ServingNode here = node();
    private final ServingNode there = node();
    private SessionId id = stored(Map.of());

    private ServingNode node() {
        return new ServingNode(store, Duration.ofSeconds(30), time.clock(), time.ticker());
    }

    private SessionId stored(Map<String, ?> attributes) {
        ClusterSession session = there.fresh();
        attributes.forEach(session::setAttribute);
        done(session);
        return session.id();
    }

    private static void done(ClusterSession request) {
        request.commit();
        request.leave();
    }

    /** Counts how often it is read from bytes. */
    private static final class Basket implements Serializable {
        private static final long serialVersionUID = 1;
        private static final AtomicInteger read = new AtomicInteger();
        private final List<String> items = new ArrayList<>();
        private String comment = "";

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            read.incrementAndGet();
        }
    }

    @BeforeEach
    void begin() {
        id = stored(Map.of("a", new Basket(), "b", new Basket()));
        Basket.read.set(0);
    }

    private static Basket basket(ClusterSession request, String name) {
        return (Basket) requireNonNull(request.getAttribute(name));
    }

    private List<String> itemsAt(ServingNode node) {
        ClusterSession request = node.open(id);
        List<String> items = List.copyOf(basket(request, "a").items);
        request.leave();
        return items;
    }

    /** Reads the basket in a request of its own. */
    private Basket seen() {
        ClusterSession request = here.open(id);
        Basket seen = basket(request, "a");
        done(request);
        return seen;
    }

    @Test
    void theNextRequestHasTheSameObjectWithoutReadingIt() {
        Basket first = seen();
        Basket second = seen();

        assertThat(second).isSameAs(first);
        assertThat(Basket.read).hasValue(1);
        assertThat(store.calls(Verb.OPEN)).as("the owner is asked all the same").isGreaterThanOrEqualTo(2);
    }

    @Test
    void whatAnotherNodeHasChangedIsReadAndTheRestIsNot() {
        ClusterSession first = here.open(id);
        Basket a = basket(first, "a");
        Basket b = basket(first, "b");
        done(first);
        ClusterSession theirs = there.open(id);
        basket(theirs, "a").items.add("tea");
        done(theirs);
        ClusterSession second = here.open(id);

        assertThat(basket(second, "a")).isNotSameAs(a);
        assertThat(basket(second, "a").items).containsExactly("tea");
        assertThat(basket(second, "b")).isSameAs(b);
        second.leave();
    }

    @Test
    void changesInsideAreStoredByEachRequestThatMakesThem() {
        for (String each : List.of("tea", "rum", "gin")) {
            ClusterSession request = here.open(id);
            basket(request, "a").items.add(each);
            done(request);
        }

        assertThat(itemsAt(there)).containsExactly("tea", "rum", "gin");
    }

    @Test
    void changeOfAnObjectAfterItsRequestIsStoredByTheNextOneThatUsesIt() {
        Basket kept = seen();
        kept.items.add("late");
        assertThat(itemsAt(there)).isEmpty();

        assertThat(seen()).isSameAs(kept);
        assertThat(itemsAt(there)).containsExactly("late");
    }

    @Test
    void objectIsStillNoChangeIfItWasReplacedByAnEqualOneInside() {
        ClusterSession request = here.open(id);
        Basket basket = basket(request, "a");
        basket.comment = new String(basket.comment);
        basket.items.add("tea");
        basket.items.remove("tea");
        int before = store.calls(Verb.COMMIT);
        done(request);
        assertThat(seen()).isSameAs(basket);

        assertThat(store.calls(Verb.COMMIT)).isEqualTo(before);
    }

    @Test
    void whatCouldNotBeStoredIsNotKept() {
        ClusterSession fails = here.open(id);
        basket(fails, "a").items.add("x".repeat(3000));
        assertThatThrownBy(fails::commit).isInstanceOf(ClusterDataException.class);
        fails.leave();
        assertThat(itemsAt(here)).isEmpty();

        ClusterSession unanswered = here.open(id);
        basket(unanswered, "a").items.add("tea");
        store.loseAnswers(Verb.COMMIT, 1);
        assertThatThrownBy(unanswered::commit).isInstanceOf(ClusterUnavailableException.class);
        unanswered.leave();
        assertThat(itemsAt(here)).as("what the owner has").isEqualTo(itemsAt(there));
    }

    @Test
    void nothingIsKeptOfASessionThatIsEndedOrUnknown() {
        WeakReference<Basket> ended = new WeakReference<>(seen());
        ClusterSession ending = here.open(id);
        ending.invalidate();
        ending.leave();
        ending = here.fresh();
        ending.leave();
        await().until(() -> isGone(ended));

        id = stored(Map.of("a", new Basket()));
        WeakReference<Basket> endedElsewhere = new WeakReference<>(seen());
        ClusterSession theirs = there.open(id);
        theirs.invalidate();
        theirs.leave();
        assertThat(here.find(id)).isNull();
        await().until(() -> isGone(endedElsewhere));
    }

    private static boolean isGone(WeakReference<?> reference) {
        System.gc();
        return reference.get() == null;
    }

    @Test
    void keptObjectsAreNotForWhoeverLacksTheSecret() {
        var unused = seen();

        assertThat(here.find(id.withNewSecret())).isNull();
    }

    @Test
    void objectsAreKeptForSomeMinutesAtMost() {
        Basket first = seen();
        time.advance(Duration.ofMinutes(11));

        assertThat(seen()).isNotSameAs(first);
        assertThat(itemsAt(there)).isEmpty();
    }

    @Test
    void aNodeWithoutRequestsLetsGoOfThemToo() {
        var unused = seen();
        time.advance(Duration.ofMinutes(9));
        here.scope.lives().cleanUp();
        assertThat(here.scope.lives().resting()).isEqualTo(1);
        time.advance(Duration.ofMinutes(2));
        here.scope.lives().cleanUp();

        assertThat(here.scope.lives().resting()).isZero();
    }

    @Test
    void objectsAreKeptWithinABoundOfMemory() {
        for (int i = 0; i < 2_000; i++) {
            id = stored(Map.of("a", new Basket()));
            var unused = seen();
        }
        Basket.read.set(0);
        Basket last = seen();
        here.scope.lives().cleanUp();
        int kept = here.scope.lives().resting();

        assertThat(last).isNotNull();
        assertThat(kept).isBetween(1, 1_500);
    }

    /** Holds a text where only a getter shows it. */
    private static final class Note implements Serializable {
        private static final long serialVersionUID = 1;
        private transient StringBuilder text;

        Note(String text) {
            this.text = new StringBuilder(text);
        }
    }

    /** Writes what a getter would return. */
    private record GetterCodec() implements ValueCodec, ValueCodec.Coder {
        @Override
        public int format() {
            return FIRST_FREE_FORMAT;
        }

        @Override
        public Coder forApplication(ApplicationClasses classes) {
            return this;
        }

        @Override
        public void encode(Object value, OutputStream out) throws IOException {
            out.write(((Note) value).text.toString().getBytes(UTF_8));
        }

        @Override
        public Object decode(byte[] bytes, int from) {
            return new Note(new String(bytes, from, bytes.length - from, UTF_8));
        }
    }

    private ServingNode writingGetters() {
        CodecSettings codec = new CodecSettings("sessions", new GetterCodec(), List.of(), List.of());
        return new ServingNode(
                store, Duration.ofSeconds(30), time.clock(), time.ticker(), NonSerializable.REFUSE, null, codec);
    }

    @Test
    void changeThatOnlyTheCodecSeesIsStored() {
        ServingNode one = writingGetters();
        ServingNode other = writingGetters();
        ClusterSession first = one.fresh();
        first.setAttribute("note", new Note("tea"));
        done(first);
        ClusterSession second = one.open(first.id());
        ((Note) requireNonNull(second.getAttribute("note"))).text.append(" and rum");
        done(second);
        ClusterSession third = other.open(first.id());

        assertThat(((Note) requireNonNull(third.getAttribute("note"))).text).hasToString("tea and rum");
        third.leave();
    }
}
