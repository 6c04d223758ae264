package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.sessions.internal.store.InMemorySessionStore.Verb;
import io.flotilla.sessions.internal.web.SessionFinder.Found;
import io.flotilla.sessions.internal.wire.Turn;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.TestTime;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Exclusive requests that go on after their end, or ask for their session when they are over. */
@ExtendWith(CleanSlate.class)
final class ExclusiveExchangeTest {
    private final TestTime time = new TestTime();
    private final InMemorySessionStore store = new InMemorySessionStore(time.clock());
    private final ServingNode node = ServingNode.exclusive(store, Duration.ofSeconds(2), time.clock(), time.ticker());
    private final ServingNode there = ServingNode.exclusive(store, Duration.ofSeconds(2), time.clock(), time.ticker());
    private Runnable onRemoval = () -> {};
    private SessionId id = SessionId.create();

    @BeforeEach
    void store() {
        node.listeners.add(new HttpSessionAttributeListener() {
            @Override
            public void attributeRemoved(HttpSessionBindingEvent event) {
                onRemoval.run();
            }
        });
        ClusterSession first = node.fresh();
        first.setAttribute("list", new ArrayList<>(List.of("tea")));
        first.commit();
        first.leave();
        id = first.id();
    }

    private SessionExchange request() {
        SessionExchange exchange = SessionExchange.of(
                node.scope,
                new SessionTracking(
                        FakeWeb.application(-1, SessionTrackingMode.COOKIE), null, time.clock(), time.ticker()),
                FakeWeb.request(Map.of("Cookie", List.of("JSESSIONID=" + id.value()))),
                new FakeWeb.Response().proxy());
        exchange.begin();
        return exchange;
    }

    private static ClusterSession session(SessionExchange exchange) {
        return requireNonNull(exchange.session(false));
    }

    @SuppressWarnings("unchecked") // as stored above
    private static List<String> list(HttpSession session) {
        return (List<String>) requireNonNull(session.getAttribute("list"));
    }

    private void assertThatNobodyHasATurn() {
        assertThat(node.scope.turns().size()).isZero();
        int renewals = store.calls(Verb.KEEP_TURN);
        node.scope.repository().turns().run();
        assertThat(store.calls(Verb.KEEP_TURN)).isEqualTo(renewals);
        assertThat(node.scope.lives().size()).isZero();
    }

    @Test
    void whoeverAsksAgainWhenItsRequestIsOverHasNoTurn() {
        SessionExchange request = request();
        assertThat(list(session(request))).containsExactly("tea");
        request.finish();
        ClusterSession late = session(request);

        assertThat(list(late)).containsExactly("tea");
        assertThatThrownBy(() -> late.setAttribute("x", "late")).isInstanceOf(IllegalStateException.class);
        assertThatNobodyHasATurn();
    }

    @Test
    void whoeverAsksForTheFirstTimeWhenItsRequestIsOverHasNoTurn() {
        SessionExchange request = request();
        request.finish();
        assertThat(request.isRequestedValid()).isTrue();
        ClusterSession late = session(request);

        assertThat(list(late)).containsExactly("tea");
        assertThatThrownBy(() -> late.setAttribute("x", "late")).isInstanceOf(IllegalStateException.class);
        assertThatNobodyHasATurn();
    }

    @Test
    void listenerToWhatARequestCouldNotStoreDoesNotWaitForTheRequestsOwnTurn() {
        List<@Nullable Object> seen = new ArrayList<>();
        SessionExchange request = request();
        onRemoval = () -> seen.add(list(session(request)));
        session(request).setAttribute("x", "not stored");
        request.finish();

        assertThat(seen).containsExactly(List.of("tea"));
        assertThatNobodyHasATurn();
    }

    @Test
    void errorPageThatDoesNotAskForItsSessionStoresNothingOfTheNextRequest() {
        SessionExchange failed = request();
        list(session(failed)).add("rum");
        failed.commitAtLast();
        failed.finish();
        SessionExchange next = request();
        list(session(next)).add("half");
        int before = store.calls(Verb.COMMIT);
        failed.begin();
        failed.commitAtLast();
        failed.finish();

        assertThat(store.calls(Verb.COMMIT)).isEqualTo(before);
        next.commitAtLast();
        next.finish();
        ClusterSession after = node.open(id);
        assertThat(list(after)).containsExactly("tea", "rum", "half");
        after.leave();
        assertThatNobodyHasATurn();
    }

    @Test
    void errorPageThatAsksForItsSessionStoresInATurnOfItsOwn() {
        SessionExchange failed = request();
        list(session(failed)).add("rum");
        failed.commitAtLast();
        failed.finish();
        SessionExchange next = request();
        list(session(next)).add("next");
        next.commitAtLast();
        next.finish();
        failed.begin();
        list(session(failed)).add("page");
        session(failed).setAttribute("x", "page");
        failed.commitAtLast();
        failed.finish();

        ClusterSession after = node.open(id);
        assertThat(list(after)).containsExactly("tea", "rum", "next", "page");
        assertThat(after.getAttribute("x")).isEqualTo("page");
        after.leave();
        assertThatNobodyHasATurn();
    }

    @Test
    void errorPageThatHasWaitedForARequestThatLostItsTurnStoresNothingOfIt() throws Exception {
        SessionExchange failed = request();
        list(session(failed)).add("rum");
        failed.commitAtLast();
        failed.finish();
        SessionExchange late = request();
        list(session(late)).add("late");
        failed.begin();
        FutureTask<ClusterSession> waiting = new FutureTask<>(() -> session(failed));
        new Thread(waiting).start();
        await().until(() -> node.scope.turns().waiting(id.key()) == 1);
        time.advance(Turn.LEASE);
        takeTurnOn(there);
        assertThatThrownBy(late::commitAtLast).isInstanceOf(ClusterUnavailableException.class);
        late.finish();
        list(waiting.get(10, TimeUnit.SECONDS)).add("page");
        failed.commitAtLast();
        failed.finish();

        ClusterSession after = there.open(id);
        assertThat(list(after)).containsExactly("tea", "rum", "page");
        after.leave();
        assertThatNobodyHasATurn();
    }

    private void takeTurnOn(ServingNode other) {
        Found found =
                SessionFinder.findInTurn(other.scope, id, other.scope.turns().deadline());
        requireNonNull(found.session()).leave();
        requireNonNull(found.turn()).leave();
    }

    @Test
    void errorPageSharesNothingWithANeighbourThatIsNotExclusive() {
        SessionExchange failed = request();
        list(session(failed)).add("rum");
        failed.commitAtLast();
        failed.finish();
        ClusterSession neighbour = node.open(id);
        failed.begin();

        assertThat(list(session(failed))).isEqualTo(list(neighbour)).isNotSameAs(list(neighbour));
        failed.finish();
        neighbour.leave();
        assertThatNobodyHasATurn();
    }
}
