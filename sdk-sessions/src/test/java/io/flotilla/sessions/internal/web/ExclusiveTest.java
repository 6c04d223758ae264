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
import io.flotilla.spi.Deadline;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Exclusive requests of one session on two nodes, in the test's hands. */
@ExtendWith(CleanSlate.class)
final class ExclusiveTest {
    private final TestTime time = new TestTime();
    private final InMemorySessionStore store = new InMemorySessionStore(time.clock());
    private final ServingNode here = node();
    private final ServingNode there = node();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private SessionId id = SessionId.create();

    private ServingNode node() {
        return new ServingNode(store, Duration.ofSeconds(30), time.clock(), time.ticker());
    }

    @BeforeEach
    void begin() {
        ClusterSession session = there.fresh();
        session.setAttribute("list", new ArrayList<>(List.of("tea")));
        session.commit();
        session.leave();
        id = session.id();
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    /** One exclusive request. */
    private record Request(ClusterSession session, SessionTurn turn) {
        @SuppressWarnings("unchecked") // as stored above
        List<String> list() {
            return (List<String>) requireNonNull(session.getAttribute("list"));
        }

        void end() {
            session.leave();
            turn.leave();
        }
    }

    private Request open(ServingNode node) {
        Found found =
                SessionFinder.findInTurn(node.scope, id, node.scope.turns().deadline());
        return new Request(requireNonNull(found.session()), requireNonNull(found.turn()));
    }

    private Request openAtOnce(ServingNode node) {
        Found found = SessionFinder.findInTurn(node.scope, id, Deadline.in(Duration.ZERO, time.ticker()));
        return new Request(requireNonNull(found.session()), requireNonNull(found.turn()));
    }

    private void loseTurn() {
        time.advance(Turn.LEASE);
    }

    @Test
    void whoeverHasLostTheTurnStoresNothingAndTakesItBack() {
        Request late = open(here);
        late.list().add("late");
        late.session().setAttribute("x", "late");
        loseTurn();
        Request next = open(there);
        next.list().add("next");
        next.session().commit();
        next.end();

        assertThatThrownBy(() -> late.session().commit())
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessageContaining("no longer the turn");
        late.end();
        for (ServingNode node : List.of(here, there)) {
            Request after = open(node);
            assertThat(after.list()).containsExactly("tea", "next");
            assertThat(after.session().getAttribute("x")).isNull();
            after.end();
        }
    }

    @Test
    void whoeverHasLostTheTurnHasLostItThoughNothingElseWasStored() {
        Request late = open(here);
        late.session().setAttribute("x", "late");
        loseTurn();
        open(there).end();

        assertThatThrownBy(() -> late.session().commit()).isInstanceOf(ClusterUnavailableException.class);
        late.end();
    }

    @Test
    void whoeverHasLostTheTurnMayStillEndTheSession() {
        Request late = open(here);
        loseTurn();
        Request next = open(there);
        late.session().invalidate();
        next.session().setAttribute("x", "dropped");
        next.session().commit();

        assertThat(next.session().isValid()).isFalse();
        late.end();
        next.end();
    }

    @Test
    void readingInTurnIsOneCallToTheOwnerAndOneThatNobodyWaitsFor() {
        open(here).end();
        int before = store.calls();
        Request request = open(here);
        request.list();
        request.session().commit();
        request.end();

        assertThat(store.calls() - before).isEqualTo(2);
        assertThat(store.calls(Verb.GIVE_TURN_BACK)).isEqualTo(2);
    }

    @Test
    void onlyTheHeadOfANodesQueueAsksTheOwner() throws Exception {
        Request holder = open(there);
        int asked = store.calls(Verb.OPEN);
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            waiting.add(pool.submit(() -> {
                Request request = open(here);
                order.add(number);
                request.end();
            }));
            await().until(() -> here.scope.turns().waiting(id.key()) == number && store.calls(Verb.OPEN) > asked);
        }
        int before = store.calls(Verb.OPEN);
        await().until(() -> store.calls(Verb.OPEN) > before + 1);
        assertThat(here.scope.turns().waiting(id.key())).isEqualTo(4);
        holder.end();
        for (Future<?> each : waiting) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isNull();
        }

        assertThat(order).containsExactly(0, 1, 2, 3, 4);
        assertThat(here.scope.turns().size() + there.scope.turns().size()).isZero();
        assertThat(here.scope.lives().size() + there.scope.lives().size()).isZero();
    }

    @Test
    void accessThatIsToldIsTheOneBeforeTheRequestAndNotItsOwnQuestions() throws Exception {
        Request holder = open(there);
        long before = time.clock().millis();
        time.advance(Duration.ofSeconds(1));
        Future<Request> waiting = pool.submit(() -> open(here));
        int asked = store.calls(Verb.OPEN);
        await().until(() -> store.calls(Verb.OPEN) > asked + 1);
        time.advance(Duration.ofSeconds(1));
        int then = store.calls(Verb.OPEN);
        await().until(() -> store.calls(Verb.OPEN) > then + 1);
        holder.end();
        Request request = waiting.get(10, TimeUnit.SECONDS);

        assertThat(request.session().getLastAccessedTime()).isEqualTo(before);
        request.end();
    }

    @Test
    void requestThatDoesNotWaitIsNotRefusedForOneThatHasGone() {
        ServingNode another =
                new ServingNode(store.fromAnotherMember(), Duration.ofSeconds(30), time.clock(), time.ticker());
        Request holder = open(here);
        assertThatThrownBy(() -> openAtOnce(another))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessageContaining("sessions.turnTimeout");
        holder.end();

        openAtOnce(here).end();
    }

    @Test
    void turnWhoseAnswerWasLostIsGivenBack() {
        store.loseAnswers(Verb.OPEN, 1);
        assertThatThrownBy(() -> open(here)).isInstanceOf(ClusterUnavailableException.class);

        open(there).end();
        open(here).end();
    }

    @Test
    void turnThatCouldNotBeGivenBackIsGivenBackWithTheNextRenewal() {
        Request request = open(here);
        store.loseAnswers(Verb.GIVE_TURN_BACK, 1);
        request.end();
        here.scope.repository().turns().run();
        here.scope.repository().turns().run();

        assertThat(store.calls(Verb.GIVE_TURN_BACK)).isEqualTo(2);
    }

    @Test
    void turnLastsAsLongAsItIsRenewed() {
        Request request = open(here);
        for (int i = 0; i < 5; i++) {
            time.advance(Turn.LEASE.dividedBy(2));
            here.scope.repository().turns().run();
        }
        time.advance(Turn.LEASE.dividedBy(2));
        Future<Request> waiting = pool.submit(() -> open(there));
        int asked = store.calls(Verb.OPEN);
        await().until(() -> store.calls(Verb.OPEN) > asked + 2);
        request.session().setAttribute("x", "in time");
        request.session().commit();
        request.end();

        await().until(waiting::isDone);
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(10)).satisfies(next -> {
            assertThat(next.session().getAttribute("x")).isEqualTo("in time");
            next.end();
        });
    }

    @Test
    void turnThatIsLostIsRenewedNoMore() {
        Request late = open(here);
        loseTurn();
        open(there).end();
        here.scope.repository().turns().run();
        here.scope.repository().turns().run();

        assertThat(store.calls(Verb.KEEP_TURN)).isEqualTo(1);
        late.end();
    }
}
