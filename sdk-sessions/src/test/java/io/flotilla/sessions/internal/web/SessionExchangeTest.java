package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.sessions.internal.store.InMemorySessionStore.Verb;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestTime;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One request and its session, without HTTP. */
@ExtendWith(CleanSlate.class)
final class SessionExchangeTest {
    private final TestTime time = new TestTime();
    private final InMemorySessionStore store = new InMemorySessionStore(time.clock());
    private final InterruptedStore interrupted = new InterruptedStore(store);
    private final ServingNode node = new ServingNode(interrupted, Duration.ofSeconds(30), time.clock(), time.ticker());
    private final SessionExchange exchange = exchange();

    private SessionExchange exchange(String... cookies) {
        return SessionExchange.of(
                node.scope,
                new SessionTracking(
                        FakeWeb.application(-1, SessionTrackingMode.COOKIE), null, time.clock(), time.ticker()),
                FakeWeb.request(Map.of("Cookie", List.of(cookies))),
                new FakeWeb.Response().proxy());
    }

    /** A request that comes with a session's cookie. */
    private SessionExchange with(SessionId id) {
        return exchange("JSESSIONID=" + id.value());
    }

    private SessionId stored() {
        ClusterSession first = node.fresh();
        first.setAttribute("a", new ArrayList<>(List.of("tea")));
        first.commit();
        first.leave();
        return first.id();
    }

    private ClusterSession session() {
        return requireNonNull(exchange.session(true));
    }

    @Test
    void sessionThatWasEndedBeforeTheNextOneBeganIsNotKept() {
        exchange.begin();
        for (int i = 0; i < 3; i++) {
            session().setAttribute("a", "tea");
            exchange.commit();
            session().invalidate();
        }
        session();
        assertThat(node.scope.lives().size()).isEqualTo(1);
        exchange.finish();

        assertThat(node.scope.lives().size()).isZero();
    }

    @Test
    void listenersAreToldWithoutALockOfTheRequests() {
        List<String> heard = new ArrayList<>();
        node.listeners.add(new HttpSessionListener() {
            @Override
            public void sessionCreated(HttpSessionEvent event) {
                heard.add("created, locked " + Thread.holdsLock(exchange));
            }

            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                heard.add("destroyed, locked " + Thread.holdsLock(exchange));
            }
        });
        node.listeners.add(
                (HttpSessionIdListener) (event, old) -> heard.add("changed, locked " + Thread.holdsLock(exchange)));
        exchange.begin();
        session();
        String changed = exchange.changeId();
        exchange.finish();

        assertThat(changed).hasSize(44);
        assertThat(heard).containsExactly("created, locked false", "changed, locked false", "destroyed, locked false");
    }

    @Test
    @ExpectLog("the request is answered 503")
    void changesOfARequestThatIsAnsweredWithAnOutageAreNotFoundByTheNextOne() throws Exception {
        SessionId id = stored();
        SessionExchange fails = with(id);
        fails.begin();
        list(requireNonNull(fails.session(false))).add("rum");
        assertThat(fails.answerOutage(new ClusterUnavailableException("a cache did not answer", null)))
                .isTrue();
        fails.finish();

        ClusterSession next = node.open(id);
        assertThat(list(next)).containsExactly("tea");
        next.leave();
    }

    @Test
    @ExpectLog("the request is answered 503")
    void sessionWhoseCreationWasNotAnsweredIsGivenUpAtItsRequestsEnd() throws Exception {
        List<String> heard = new ArrayList<>();
        node.listeners.add(new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                heard.add("destroyed");
            }
        });
        exchange.begin();
        SessionId id = session().id();
        store.loseAnswers(Verb.COMMIT, 1);
        ClusterUnavailableException outage = null;
        try {
            exchange.commitAtLast();
        } catch (ClusterUnavailableException expected) {
            outage = expected;
        }
        assertThat(exchange.answerOutage(requireNonNull(outage))).isTrue();
        exchange.finish();

        assertThat(heard).containsExactly("destroyed");
        assertThat(store.open(id.key(), id.hash("/shop"), Version.NONE).status())
                .isEqualTo(OpenReply.Status.GONE);
    }

    @Test
    void sessionIsNotCreatedAfterTheRequestUnlessItGoesOn() {
        exchange.begin();
        exchange.finish();
        assertThatThrownBy(this::session)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a session cannot be created after its request is over: it would not be stored");
        exchange.commit();
        assertThat(node.scope.lives().size()).isZero();
        assertThat(store.calls()).isZero();

        exchange.begin();
        session().setAttribute("a", "tea");
        exchange.commit();
        exchange.finish();
        assertThat(store.calls(Verb.COMMIT)).isEqualTo(1);
        assertThat(node.scope.lives().size()).isZero();
    }

    @Test
    void sessionThatWasNeverSentToItsOwnerIsNotEndedThere() {
        exchange.begin();
        SessionId unused = session().id();
        exchange.finish();

        assertThat(store.calls()).isZero();
    }

    @Test
    void errorPageKeepsTheSessionThatANeighbourHasOnlyAskedFor() {
        SessionId id = stored();
        node.scope.lives().forgetAll();
        SessionExchange first = with(id);
        first.begin();
        long created = requireNonNull(first.session(false)).getCreationTime();
        first.finish(); // nothing was read: no object stays on the node
        List<Object> seen = new ArrayList<>();
        interrupted.afterOpen.set(() -> {
            first.begin();
            ClusterSession again = requireNonNull(first.session(false));
            seen.add(list(again));
            seen.add(again.getCreationTime());
            seen.add(again.getMaxInactiveInterval());
            list(again).add("rum");
            first.commit();
            first.finish();
        });
        ClusterSession neighbour = node.open(id);

        assertThat(seen).containsExactly(List.of("tea", "rum"), created, 1800);
        assertThat(list(neighbour)).isIn(List.of("tea"), List.of("tea", "rum"));
        neighbour.leave();
        ClusterSession next = node.open(id);
        assertThat(list(next)).containsExactly("tea", "rum");
        next.leave();
        assertThat(node.scope.lives().size()).isZero();
    }

    @Test
    void requestWithoutAnIdThatAsksForNoSessionCostsNothing() {
        exchange.begin();
        exchange.commit();
        exchange.finish();

        assertThat(store.calls()).isZero();
    }

    @Test
    void requestWithAnIdThatAsksForNoSessionIsAnAccessThatNobodyWaitsForAtMostOnceASecond() {
        SessionId id = stored();
        int before = store.calls();
        for (int i = 0; i < 3; i++) {
            SessionExchange unasked = with(id);
            unasked.begin();
            unasked.commit();
            unasked.finish();
        }

        assertThat(store.calls() - before).isEqualTo(1);
        assertThat(store.calls(Verb.TOUCH)).isEqualTo(1);
    }

    @SuppressWarnings("unchecked") // as stored above
    private static List<String> list(ClusterSession session) {
        return (List<String>) requireNonNull(session.getAttribute("a"));
    }

    @Test
    void requestWhoseSessionAnotherOneHasComeBackToLeavesNothingBehind() {
        SessionId id = stored();
        node.scope.lives().forgetAll();
        SessionExchange first = with(id);
        first.begin();
        long created = requireNonNull(first.session(false)).getCreationTime();
        first.finish();
        interrupted.afterOpen.set(() -> {
            first.begin();
            first.finish();
        });
        ClusterSession second = node.open(id);
        second.leave();
        second.comeBack();
        assertThat(second.getCreationTime()).isEqualTo(created);
        second.leave();

        assertThat(node.scope.lives().size()).isZero();
    }
}
