package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.NonSerializable;
import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.sessions.internal.web.SessionFinder.Found;
import io.flotilla.sessions.internal.wire.Turn;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that are not exclusive, on the node of one that is. */
@ExtendWith(CleanSlate.class)
final class ExclusiveNeighboursTest {
    private final TestTime time = new TestTime();
    private final InMemorySessionStore store = new InMemorySessionStore(time.clock());
    private final ServingNode here = node();
    private final ServingNode there = node();
    private SessionId id = SessionId.create();

    private ServingNode node() {
        return new ServingNode(
                store, Duration.ofSeconds(30), time.clock(), time.ticker(), NonSerializable.KEEP_ON_NODE, null);
    }

    @BeforeEach
    void begin() {
        ClusterSession session = there.fresh();
        session.setAttribute("list", new ArrayList<>(List.of("tea")));
        done(session);
        id = session.id();
    }

    @AfterEach
    void nobodyIsLeft() {
        assertThat(here.scope.lives().size() + there.scope.lives().size()).isZero();
    }

    /** One exclusive request. */
    private record Request(ClusterSession session, SessionTurn turn) {
        List<String> list() {
            return ExclusiveNeighboursTest.list(session);
        }

        void end() {
            session.leave();
            turn.leave();
        }

        void endInOrder() {
            session.commit();
            end();
        }
    }

    private Request open(ServingNode node) {
        Found found =
                SessionFinder.findInTurn(node.scope, id, node.scope.turns().deadline());
        return new Request(requireNonNull(found.session()), requireNonNull(found.turn()));
    }

    @SuppressWarnings("unchecked") // as stored above
    private static List<String> list(ClusterSession session) {
        return (List<String>) requireNonNull(session.getAttribute("list"));
    }

    private static void done(ClusterSession request) {
        request.commit();
        request.leave();
    }

    private void assertStored(String... items) {
        for (ServingNode node : List.of(here, there)) {
            ClusterSession after = node.open(id);
            assertThat(list(after)).containsExactly(items);
            after.leave();
        }
    }

    /** In a turn that is lost, while a request that is not exclusive works on the same node. */
    private void loseTurnBeside(ClusterSession neighbour, Request late) {
        list(neighbour);
        late.list().add("late");
        list(neighbour);
        neighbour.setAttribute("x", "neighbour");
        time.advance(Turn.LEASE);
        Request next = open(there);
        next.list().add("next");
        next.endInOrder();
        done(neighbour);
        assertThatThrownBy(() -> late.session().commit()).isInstanceOf(ClusterUnavailableException.class);
        late.end();
    }

    @Test
    void neighbourThatCameBeforeStoresNothingOfALostTurn() {
        ClusterSession neighbour = here.open(id);
        loseTurnBeside(neighbour, open(here));

        assertStored("tea", "next");
    }

    @Test
    void neighbourThatCameLaterStoresNothingOfALostTurn() {
        Request late = open(here);
        loseTurnBeside(here.open(id), late);

        assertStored("tea", "next");
    }

    @Test
    void neighbourThatComesBackStoresNothingOfALostTurn() {
        ClusterSession neighbour = here.open(id);
        list(neighbour);
        neighbour.leave();
        Request late = open(here);
        late.list().add("late");
        neighbour.comeBack();
        loseTurnBeside(neighbour, late);

        assertStored("tea", "next");
    }

    @Test
    void neighbourThatComesBackFindsItsSessionAsItWas() {
        ClusterSession neighbour = here.open(id);
        list(neighbour);
        neighbour.leave();
        Request request = open(here);
        request.list().add("half");
        neighbour.comeBack();

        assertThat(list(neighbour)).containsExactly("tea");
        assertThat(neighbour.getCreationTime()).isEqualTo(request.session().getCreationTime());
        assertThat(neighbour.getMaxInactiveInterval()).isEqualTo(1800);
        neighbour.setAttribute("x", "neighbour");
        done(neighbour);
        request.endInOrder();
        assertStored("tea", "half");
    }

    @Test
    void neighboursThatAreNotExclusiveShareTheirObjects() {
        Request request = open(here);
        ClusterSession one = here.open(id);
        ClusterSession other = here.open(id);

        assertThat(list(one)).isSameAs(list(other)).isNotSameAs(request.list());
        one.leave();
        other.leave();
        request.end();
    }

    @Test
    void objectsGoFromOneKindOfRequestToTheOtherWhenNobodyUsesThem() {
        ClusterSession first = here.open(id);
        List<String> objects = list(first);
        first.leave();
        Request second = open(here);
        assertThat(second.list()).isSameAs(objects);
        second.end();
        ClusterSession third = here.open(id);
        assertThat(list(third)).isSameAs(objects);
        third.leave();

        assertThat(here.scope.lives().resting()).isEqualTo(1);
    }

    @Test
    void whatANeighbourStoresMeanwhileMeetsTheExclusiveRequestsChangeAtTheOwner() {
        Request request = open(here);
        request.list().add("in turn");
        request.session().setAttribute("a", "in turn");
        ClusterSession neighbour = here.open(id);
        list(neighbour).add("beside");
        neighbour.setAttribute("b", "beside");
        done(neighbour);
        request.endInOrder();

        assertStored("tea", "in turn");
        assertThat(here.conflicts("overwritten")).isEqualTo(1);
        ClusterSession after = there.open(id);
        assertThat(after.getAttribute("a")).isEqualTo("in turn");
        assertThat(after.getAttribute("b")).isEqualTo("beside");
        after.leave();
    }

    @Test
    void neighbourThatComesBackToASessionThatWasEndedMeanwhileFindsItEnded() {
        ClusterSession neighbour = here.open(id);
        list(neighbour);
        neighbour.leave();
        Request request = open(here);
        assertThat(request.list()).isNotEmpty();
        request.session().invalidate();
        neighbour.comeBack();

        assertThat(neighbour.isValid()).isFalse();
        neighbour.leave();
        request.end();
    }

    @Test
    void neighbourThatComesBackMayTakeNoTimeoutForStoredThatIsNot() {
        ClusterSession neighbour = here.open(id);
        list(neighbour);
        neighbour.leave();
        Request request = open(here);
        request.session().setMaxInactiveInterval(60);
        neighbour.comeBack();
        neighbour.setAttribute("x", "neighbour");
        done(neighbour);
        request.end();

        ClusterSession after = here.open(id);
        assertThat(after.getMaxInactiveInterval()).isEqualTo(1800);
        after.leave();
    }

    @Test
    @ExpectLog("is not serializable and stays on this node")
    void valuesOfThisNodeAreSeenByBothKinds() {
        Object value = new Object();
        ClusterSession first = here.open(id);
        first.setAttribute("local", value);
        Request request = open(here);
        assertThat(request.session().getAttribute("local")).isSameAs(value);
        done(first);
        request.endInOrder();

        assertThat(local()).isSameAs(value);
    }

    /** What a new request sees, of either kind. */
    private @Nullable Object local() {
        Request request = open(here);
        Object value = request.session().getAttribute("local");
        request.end();
        ClusterSession neighbour = here.open(id);
        assertThat(neighbour.getAttribute("local")).isSameAs(value);
        neighbour.leave();
        return value;
    }

    @Test
    @ExpectLog("is not serializable and stays on this node")
    void valueOfThisNodeThatOneKindSetsStaysThoughTheOtherOneEndsLater() {
        ClusterSession neighbour = here.open(id);
        Request request = open(here);
        Object value = new Object();
        request.session().setAttribute("local", value);
        request.endInOrder();

        assertThat(neighbour.getAttribute("local")).isSameAs(value);
        done(neighbour);
        assertThat(local()).isSameAs(value);
    }

    @Test
    @ExpectLog("is not serializable and stays on this node")
    void valueOfThisNodeThatOneKindRemovesIsRemovedThoughTheOtherOneEndsLater() {
        ClusterSession before = here.open(id);
        before.setAttribute("local", new Object());
        done(before);
        ClusterSession neighbour = here.open(id);
        Request request = open(here);
        request.session().removeAttribute("local");
        request.endInOrder();
        done(neighbour);

        assertThat(local()).isNull();
    }

    @Test
    @ExpectLog("is not serializable and stays on this node")
    void valueOfThisNodeThatBothKindsSetIsTheOneOfWhoeverEndsLast() {
        Object value = new Object();
        ClusterSession neighbour = here.open(id);
        Request request = open(here);
        neighbour.setAttribute("local", value);
        request.session().setAttribute("local", new Object());
        request.endInOrder();
        neighbour.setAttribute("local", value);
        done(neighbour);

        assertThat(local()).isSameAs(value);
    }

    @Test
    @ExpectLog("is not serializable and stays on this node")
    void valueOfThisNodeThatOneKindSetsIsSeenByTheNextRequestOfTheOther() {
        ClusterSession neighbour = here.open(id);
        list(neighbour);
        Request request = open(here);
        done(neighbour);
        Object value = new Object();
        request.session().setAttribute("local", value);

        ClusterSession next = here.open(id);
        assertThat(next.getAttribute("local")).isSameAs(value);
        done(next);
        request.endInOrder();
    }

    @Test
    @ExpectLog("is not serializable and stays on this node")
    void valueThatIsToBeStoredIsStoredThoughTheOtherKindHasSetOneOfThisNode() {
        ClusterSession neighbour = here.open(id);
        Request request = open(here);
        neighbour.setAttribute("a", "stored");
        request.session().setAttribute("a", new Object());
        request.endInOrder();
        done(neighbour);

        ClusterSession after = there.open(id);
        assertThat(after.getAttribute("a")).isEqualTo("stored");
        after.leave();
    }

    @Test
    void neighbourThatIsOverStoresNothingOfTheRequestThatHasItsObjectsNow() {
        ClusterSession neighbour = here.open(id);
        List<String> objects = list(neighbour);
        done(neighbour);
        Request request = open(here);
        request.list().add("half");
        assertThat(request.list()).isSameAs(objects);
        neighbour.commit();

        ClusterSession after = there.open(id);
        assertThat(list(after)).containsExactly("tea");
        after.leave();
        request.end();
    }
}
