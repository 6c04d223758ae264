package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterDataException;
import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ValueCodec;
import io.flotilla.sessions.internal.codec.TestCodecs;
import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.sessions.internal.store.SessionStore;
import io.flotilla.spi.codec.CodecSettings;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.TestTime;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests of one node that overlap at the worst moments. */
@ExtendWith(CleanSlate.class)
final class OverlapsTest {
    private final TestTime time = new TestTime();
    private final InMemorySessionStore owner = new InMemorySessionStore(time.clock());
    private final InterruptedStore store = new InterruptedStore(owner);
    private final ServingNode here = node(store);
    private final ServingNode there = node(owner);
    private final AtomicReference<Runnable> whileEncoding = new AtomicReference<>(InterruptedStore::nothing);
    private final SessionScope scope = withCodec(here.scope, new Pausing(whileEncoding));
    private SessionId id = SessionId.create();

    private ServingNode node(SessionStore to) {
        return new ServingNode(to, Duration.ofSeconds(30), time.clock(), time.ticker());
    }

    private static final class Count implements Serializable {
        private static final long serialVersionUID = 1;
        private int number;
        private String text = "";
    }

    /** Java serialization, before which something happens; once. */
    private record Pausing(AtomicReference<Runnable> before) implements ValueCodec, ValueCodec.Coder {
        @Override
        public int format() {
            return FIRST_FREE_FORMAT;
        }

        @Override
        public boolean writesFields() {
            return true;
        }

        @Override
        public Coder forApplication(ApplicationClasses classes) {
            return this;
        }

        @Override
        public void encode(Object value, OutputStream out) throws IOException {
            before.getAndSet(InterruptedStore::nothing).run();
            ObjectOutputStream objects = new ObjectOutputStream(out);
            objects.writeObject(value);
            objects.flush();
        }

        @Override
        @SuppressWarnings("BanSerializableRead") // what the test has written
        public Object decode(byte[] bytes, int from) throws IOException, ClassNotFoundException {
            return new ObjectInputStream(new ByteArrayInputStream(bytes, from, bytes.length - from)).readObject();
        }
    }

    private static SessionScope withCodec(SessionScope as, ValueCodec codec) {
        CodecSettings settings = new CodecSettings("sessions", codec, List.of(), List.of());
        return new SessionScope(
                as.context(),
                TestCodecs.of(settings, OverlapsTest.class.getClassLoader()),
                as.graphs(),
                as.repository(),
                as.lives(),
                as.turns(),
                as.events(),
                as.metrics(),
                as.principal(),
                as.sealer(),
                as.writing(),
                as.clock(),
                as.defaultTimeoutSeconds(),
                as.lifetimeSeconds());
    }

    private void with(Map<String, ?> attributes) {
        ClusterSession session = there.fresh();
        attributes.forEach(session::setAttribute);
        done(session);
        id = session.id();
    }

    /** Stored by a request of this node, under the codec with a pause. */
    private void withCount() {
        ClusterSession session = ClusterSession.fresh(scope);
        session.setAttribute("a", new Count());
        done(session);
        id = session.id();
        here.scope.lives().forgetAll();
    }

    private ClusterSession pausing() {
        return requireNonNull(SessionFinder.find(scope, id).session());
    }

    private static void done(ClusterSession request) {
        request.commit();
        request.leave();
    }

    private static Count count(ClusterSession request) {
        return (Count) requireNonNull(request.getAttribute("a"));
    }

    private void set(ServingNode node, String name, Object value) {
        ClusterSession request = node.open(id);
        request.setAttribute(name, value);
        done(request);
    }

    @Test
    void answerThatANeighboursCommitHasOvertakenIsNotReplacedByWhatIsOlderThanBoth() {
        with(Map.of("a", 1, "b", "old"));
        ClusterSession neighbour = here.open(id);
        neighbour.setAttribute("a", 2);
        set(there, "b", "new");
        store.afterOpen.set(neighbour::commit);
        ClusterSession request = here.open(id);

        assertThat(request.getAttribute("b")).isEqualTo("new");
        assertThat(request.getAttribute("a")).isEqualTo(2);
        request.leave();
        neighbour.leave();
    }

    @Test
    void changeIsNotTakenForTheOneThatANeighbourHasTakenBack() {
        withCount();
        ClusterSession one = pausing();
        ClusterSession other = pausing();
        Count shared = count(one);
        Count same = count(other);
        shared.text = new String(new char[0]).concat("x");
        same.number = 1;
        whileEncoding.set(() -> {
            shared.text = "";
            same.number = 0;
            done(other);
        });
        done(one); // compares the bytes, and finds nothing
        ClusterSession later = pausing();
        count(later).number = 1;
        count(later).text = "x";
        done(later);

        here.scope.lives().forgetAll();
        assertThat(count(pausing()).number).isOne();
    }

    @Test
    void changeThatIsTakenBackDuringAConflictDoesNotHideWhatAnotherNodeHasStored() {
        with(Map.of("a", new Count()));
        ClusterSession one = here.open(id);
        ClusterSession other = here.open(id);
        Count shared = count(one);
        assertThat(count(other)).isSameAs(shared);
        shared.number = 1;
        ClusterSession theirs = there.open(id);
        count(theirs).number = 2;
        done(theirs);
        store.afterCommit.set(() -> shared.number = 0); // its answer is a conflict
        done(one);
        done(other);

        ClusterSession seenHere = here.open(id);
        ClusterSession seenThere = there.open(id);
        assertThat(count(seenHere).number).isEqualTo(count(seenThere).number);
    }

    @Test
    void requestThatComesAfterAFailureHasNothingOfItThoughAnotherOneGoesOn() {
        with(Map.of("a", new Count()));
        ClusterSession goesOn = here.open(id);
        Count held = count(goesOn);
        ClusterSession fails = here.open(id);
        count(fails).text = "x".repeat(3000);
        assertThatThrownBy(fails::commit).isInstanceOf(ClusterDataException.class);
        fails.leave();

        ClusterSession next = here.open(id);
        assertThat(count(next).text).isEmpty();
        count(next).number = 1;
        done(next);
        held.text = "";
        done(goesOn);
        ClusterSession check = there.open(id);
        assertThat(count(check).number).isOne();
    }

    @Test
    void whatWasSetBetweenTwoOthersIsStoredThoughTheLastOneIsTakenBack() {
        with(Map.of("a", 0));
        ClusterSession first = here.open(id);
        ClusterSession second = here.open(id);
        ClusterSession third = here.open(id);
        first.setAttribute("a", 1);
        store.afterCommit.set(() -> {
            second.setAttribute("a", 2);
            third.setAttribute("a", 3);
        });
        done(first);
        third.leave();
        assertThat(second.getAttribute("a")).isEqualTo(2);
        done(second);

        assertThat(there.open(id).getAttribute("a")).isEqualTo(2);
    }

    @Test
    void unreadAttributesCountAgainstTheMemoryOfKeptSessions() {
        for (int i = 0; i < 1_500; i++) {
            with(Map.of("a", new Count(), "unread", new byte[1_800]));
            ClusterSession request = here.open(id);
            count(request).number++;
            done(request);
        }
        here.scope.lives().cleanUp();
        assertThat(here.scope.lives().resting() * 1_800).isLessThan(1 << 20);
    }

    @Test
    void ofTwoObjectsOfOneAttributeTheLaterOneIsStored() {
        for (int i = 0; i < 20; i++) {
            with(Map.of("a", new Count()));
            ClusterSession one = here.open(id);
            count(one).number = 1;
            ClusterSession theirs = there.open(id);
            count(theirs).number = 2;
            done(theirs);
            ClusterSession other = here.open(id);
            Count later = count(one);
            assertThat(later.number).isEqualTo(2);
            later.number = 3;
            done(one);
            done(other);

            assertThat(count(there.open(id)).number).isEqualTo(3);
            assertThat(count(here.open(id)).number).isEqualTo(3);
        }
    }

    private static final class Bound implements HttpSessionBindingListener, Serializable {
        private static final long serialVersionUID = 1;
        private int unbound;

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            unbound++;
        }
    }

    @Test
    void valueThatWasTakenBackIsUnboundOnceThoughItsRequestComesBack() {
        with(Map.of("a", 1));
        Bound bound = new Bound();
        ClusterSession request = here.open(id);
        request.setAttribute("b", bound);
        request.leave();
        request.comeBack();
        request.leave();

        assertThat(bound.unbound).isOne();
    }
}
