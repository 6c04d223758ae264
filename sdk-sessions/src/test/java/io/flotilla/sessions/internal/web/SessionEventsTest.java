package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterDataException;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.EndedSession;
import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.sessions.internal.store.InMemorySessionStore.Verb;
import io.flotilla.sessions.internal.wire.EndCause;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestTime;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What listeners and values hear of a session, told as one line each. */
@ExtendWith(CleanSlate.class)
final class SessionEventsTest {
    private static final List<String> heard = new CopyOnWriteArrayList<>();

    private final TestTime time = new TestTime();
    private final InMemorySessionStore store = new InMemorySessionStore(time.clock());
    private final ServingNode here = new ServingNode(store, Duration.ofSeconds(30), time.clock(), time.ticker());
    private final ServingNode there = new ServingNode(store, Duration.ofSeconds(30), time.clock(), time.ticker());

    /** A listener of all kinds that an application may declare. */
    private record Ear(String name)
            implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {
        private void hear(String what) {
            heard.add(name + " " + what);
        }

        @Override
        public void sessionCreated(HttpSessionEvent event) {
            hear("created");
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            hear("destroyed with a=" + event.getSession().getAttribute("a"));
        }

        @Override
        public void attributeAdded(HttpSessionBindingEvent event) {
            hear("added " + event.getName() + "=" + event.getValue());
        }

        @Override
        public void attributeReplaced(HttpSessionBindingEvent event) {
            hear("replaced " + event.getName() + " which was " + event.getValue());
        }

        @Override
        public void attributeRemoved(HttpSessionBindingEvent event) {
            hear("removed " + event.getName() + " which was " + event.getValue());
        }

        @Override
        public void sessionIdChanged(HttpSessionEvent event, String oldId) {
            hear("id " + (event.getSession().getId().equals(oldId) ? "the same" : "changed"));
        }
    }

    /** A value that hears of itself. */
    private record Self(String name) implements HttpSessionBindingListener, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            heard.add(name + " bound, got " + event.getSession().getAttribute(event.getName()));
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            heard.add(name + " unbound, got " + event.getSession().getAttribute(event.getName()));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeEach
    void nothingHeard() {
        heard.clear();
    }

    private ClusterSession session() {
        ClusterSession session = here.fresh();
        heard.clear();
        return session;
    }

    private SessionId stored(String name, Object value) {
        ClusterSession session = here.fresh();
        session.setAttribute(name, value);
        session.commit();
        session.leave();
        heard.clear();
        return session.id();
    }

    @Test
    void lifeOfASession() {
        here.listeners.addAll(List.of(new Ear("one"), new Ear("two")));
        ClusterSession session = here.fresh();
        session.setAttribute("a", "1");
        session.setAttribute("a", "2");
        session.removeAttribute("a");
        session.removeAttribute("a");
        session.setAttribute("a", "3");
        session.changeId();
        session.commit();
        session.invalidate();
        session.leave();

        assertThat(heard)
                .containsExactly(
                        "one created",
                        "two created",
                        "one added a=1",
                        "two added a=1",
                        "one replaced a which was 1",
                        "two replaced a which was 1",
                        "one removed a which was 2",
                        "two removed a which was 2",
                        "one added a=3",
                        "two added a=3",
                        "one id changed",
                        "two id changed",
                        "two destroyed with a=3",
                        "one destroyed with a=3",
                        "one removed a which was 3",
                        "two removed a which was 3");
    }

    @Test
    void valuesHearBeforeTheyCanBeGotAndAfterTheyCanNotBeGotAnyMore() {
        ClusterSession session = session();
        session.setAttribute("v", new Self("v"));
        session.setAttribute("v", new Self("w"));
        session.removeAttribute("v");

        assertThat(heard)
                .containsExactly("v bound, got null", "w bound, got v", "v unbound, got w", "w unbound, got null");
    }

    @Test
    void valueThatIsSetAgainIsNeitherBoundNorUnbound() {
        here.listeners.add(new Ear("ear"));
        ClusterSession session = session();
        Self value = new Self("v");
        session.setAttribute("v", value);
        heard.clear();
        session.setAttribute("v", value);

        assertThat(heard).containsExactly("ear replaced v which was v");
    }

    @Test
    void valueThatAnotherNodeBoundIsUnboundHere() {
        SessionId id = stored("v", new Self("v"));
        there.open(id).removeAttribute("v");
        assertThat(heard).containsExactly("v unbound, got null");
        there.open(stored("v", new Self("v"))).invalidate();

        assertThat(heard).containsExactly("v unbound, got null");
    }

    @Test
    void valueThatNobodyWantsToHearOfIsNotReadWhenItGoes() {
        SessionId id = stored("v", new Reading());
        Reading.times = 0;
        there.open(id).setAttribute("v", "other");
        there.open(id).invalidate();
        assertThat(Reading.times).isZero();
    }

    private static final class Reading implements Serializable {
        private static final long serialVersionUID = 1;
        private static int times;

        private Object readResolve() {
            times++;
            return this;
        }
    }

    @Test
    void attributeListenersGetValuesThatNobodyHasReadYet() {
        there.listeners.add(new Ear("ear"));
        SessionId id = stored("a", "1");
        there.open(id).setAttribute("a", "2");
        there.open(id).invalidate();

        assertThat(heard)
                .containsExactly("ear replaced a which was 1", "ear destroyed with a=2", "ear removed a which was 2");
    }

    @Test
    void valuesThatCouldNotBeStoredAreUnboundAgain() {
        here.listeners.add(new Ear("ear"));
        SessionId id = stored("a", "1");
        ClusterSession session = here.open(id);
        session.setAttribute("v", new Self("v"));
        session.setAttribute("a", "2");
        session.setAttribute("big", "x".repeat(3000));
        assertThatThrownBy(session::commit).isInstanceOf(ClusterDataException.class);
        heard.clear();
        session.leave();

        assertThat(heard)
                .contains("v unbound, got null", "ear removed v which was v", "ear replaced a which was 2")
                .hasSize(4);
        assertThat(here.open(id).getAttribute("a")).isEqualTo("1");
    }

    @Test
    void valueThatWasSetWhileTheSessionEndedIsUnbound() {
        SessionId id = stored("a", "1");
        ClusterSession session = here.open(id);
        session.setAttribute("v", new Self("v"));
        there.open(id).invalidate();
        heard.clear();
        session.commit();
        session.leave();

        assertThat(heard).containsExactly("v unbound, got null");
    }

    @Test
    void endIsToldThoughTheAnswerToItsFirstTryWasLost() {
        there.listeners.add(new Ear("ear"));
        ClusterSession session = there.open(stored("a", "1"));
        store.loseAnswers(Verb.INVALIDATE, 1);
        assertThatThrownBy(session::invalidate).isInstanceOf(ClusterUnavailableException.class);
        assertThat(heard).isEmpty();
        session.invalidate();

        assertThat(heard).containsExactly("ear destroyed with a=1", "ear removed a which was 1");
    }

    @Test
    void endIsToldOnceThoughTwoNodesEndTheSession() {
        here.listeners.add(new Ear("here"));
        there.listeners.add(new Ear("there"));
        SessionId id = stored("a", "1");
        ClusterSession one = here.open(id);
        ClusterSession two = there.open(id);
        one.invalidate();
        heard.clear();
        two.invalidate();

        assertThat(heard).isEmpty();
        assertThatThrownBy(() -> two.getAttribute("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sessionEndedByItsListenerEndsOnce() {
        here.listeners.add(new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                event.getSession().invalidate();
                event.getSession().setAttribute("late", "x");
                heard.add("destroyed");
            }
        });
        session().invalidate();

        assertThat(heard).containsExactly("destroyed");
    }

    @Test
    void sessionThatWasNeverStoredIsDestroyedWhenItsRequestIsOver() {
        here.listeners.add(new Ear("ear"));
        ClusterSession session = here.fresh();
        session.setAttribute("v", new Self("v"));
        heard.clear();
        session.leave();

        assertThat(heard)
                .containsExactly("ear destroyed with a=null", "v unbound, got null", "ear removed v which was v");
    }

    @Test
    void sessionOfALateRequestUnderAnOldIdIsNobodysNews() {
        here.listeners.add(new Ear("ear"));
        ClusterSession session = ClusterSession.detached(here.scope);
        session.setAttribute("v", new Self("v"));
        session.removeAttribute("v");
        session.invalidate();

        assertThat(heard).isEmpty();
    }

    @Test
    @ExpectLog("a session listener failed: ")
    void failingListenerAndValueStopNothing() {
        here.listeners.add(new HttpSessionListener() {
            @Override
            public void sessionCreated(HttpSessionEvent event) {
                throw new IllegalArgumentException("created");
            }

            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                throw new NoClassDefFoundError("destroyed");
            }
        });
        here.listeners.add(new Ear("ear"));
        ClusterSession session = here.fresh();
        session.invalidate();

        assertThat(heard).containsExactly("ear created", "ear destroyed with a=null");
    }

    /** A value with something that cannot be serialized, which it lets go of and gets again. */
    private static final class Connected implements HttpSessionActivationListener, Serializable {
        private static final long serialVersionUID = 1;
        private transient boolean connected = true;

        @Override
        public void sessionWillPassivate(HttpSessionEvent event) {
            connected = false;
            heard.add("will");
        }

        @Override
        public void sessionDidActivate(HttpSessionEvent event) {
            connected = true;
            heard.add("did");
        }
    }

    private static final class Failing implements HttpSessionActivationListener, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public void sessionWillPassivate(HttpSessionEvent event) {
            throw new IllegalStateException("will");
        }

        @Override
        public void sessionDidActivate(HttpSessionEvent event) {
            throw new IllegalStateException("did");
        }
    }

    @Test
    @ExpectLog("a session listener failed: ")
    void valueThatFailsWhenItIsToldIsStoredAllTheSame() {
        SessionId id = stored("f", new Failing());
        assertThat(there.open(id).getAttribute("f")).isInstanceOf(Failing.class);
    }

    @Test
    void valuesAreToldOfTheirSerializationOnBothEnds() {
        SessionId id = stored("c", new Connected());
        ClusterSession session = there.open(id);
        Connected read = (Connected) requireNonNull(session.getAttribute("c"));
        assertThat(read.connected).isTrue();
        assertThat(heard).containsExactly("did");
        session.commit();

        assertThat(heard).containsExactly("did", "will", "did");
        assertThat(read.connected).isTrue();
    }

    @Test
    void sessionThatEndedWithoutARequestIsReadByItsListenersUnderItsLastId() {
        String[] id = new String[1];
        here.listeners.add(new Ear("ear"));
        here.listeners.add(new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                HttpSession ended = event.getSession();
                id[0] = ended.getId();
                assertThat(ended.getLastAccessedTime()).isEqualTo(5);
                assertThat(ended.isNew()).isFalse();
                heard.add("times " + ended.getCreationTime() + " " + ended.getMaxInactiveInterval());
            }
        });
        ClusterSession session = session();
        session.setAttribute("a", "1");
        session.setAttribute("v", new Self("v"));
        session.commit();
        heard.clear();
        SessionEnds ends = new SessionEnds(here.scope);
        assertThat(ends.wants(false)).isTrue();
        ends.ended(ended(session.id(), TestSealer.INSTANCE.seal(session.id().secret())));

        assertThat(id[0]).isEqualTo(session.getId());
        assertThat(heard)
                .containsExactly(
                        "times 4 60",
                        "ear destroyed with a=1",
                        "ear removed a which was 1",
                        "v unbound, got null",
                        "ear removed v which was v");
        ends.ended(ended(session.id(), new byte[0]));
        assertThat(id[0])
                .as("all that is known of the id")
                .isEqualTo(session.id().key());
    }

    private EndedSession ended(SessionId id, byte[] sealed) {
        return new EndedSession(
                "event",
                id.key(),
                sealed,
                "/shop",
                EndCause.EXPIRED,
                4,
                5,
                60,
                here.scope
                        .repository()
                        .open(id.key(), id.hash("/shop"))
                        .snapshot()
                        .attributes());
    }

    @Test
    void endsAreWantedOnlyIfSomebodyHears() {
        SessionEnds ends = new SessionEnds(here.scope);
        assertThat(ends.wants(false)).isFalse();
        assertThat(ends.wants(true)).isTrue();
        assertThat(new SessionEnds(there.scope).wants(false)).isFalse();
    }
}
