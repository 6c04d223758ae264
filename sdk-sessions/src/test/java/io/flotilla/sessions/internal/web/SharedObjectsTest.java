package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.NonSerializable;
import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.sessions.internal.store.InMemorySessionStore.Verb;
import io.flotilla.sessions.internal.store.SessionStore;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.TestTime;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two requests of one node at work on one session, one of them while the other one's commit is under way. */
@ExtendWith(CleanSlate.class)
final class SharedObjectsTest {
    private final TestTime time = new TestTime();
    private final InMemorySessionStore owner = new InMemorySessionStore(time.clock());
    private final InterruptedStore store = new InterruptedStore(owner);
    private final ServingNode here = node(store);
    private final ServingNode there = node(owner);
    private SessionId id = stored(Map.of());

    private ServingNode node(SessionStore to) {
        return new ServingNode(to, Duration.ofSeconds(30), time.clock(), time.ticker());
    }

    private SessionId stored(Map<String, ?> attributes) {
        ClusterSession session = there.fresh();
        attributes.forEach(session::setAttribute);
        done(session);
        return session.id();
    }

    private void with(Object value) {
        id = stored(Map.of("a", value));
    }

    private ClusterSession here() {
        return here.open(id);
    }

    private static void done(ClusterSession request) {
        request.commit();
        request.leave();
    }

    private @Nullable Object now(ServingNode node) {
        ClusterSession request = node.open(id);
        Object value = request.getAttribute("a");
        request.leave();
        return value;
    }

    private static List<String> list(String... items) {
        return new ArrayList<>(List.of(items));
    }

    @SuppressWarnings("unchecked") // the tests know what they stored
    private static List<String> got(ClusterSession request) {
        return (List<String>) requireNonNull(request.getAttribute("a"));
    }

    @Test
    void changeInsideAnObjectIsStoredThoughANeighbourHasSetTheSameObjectAgain() {
        with(list("tea"));
        ClusterSession setter = here();
        ClusterSession holder = here();
        List<String> shared = got(holder);
        setter.setAttribute("a", got(setter));
        done(setter);
        shared.add("rum");
        done(holder);

        assertThat(now(there)).isEqualTo(List.of("tea", "rum"));
    }

    @Test
    void changeInsideAnObjectThatANeighbourIsStoringForTheFirstTimeIsStoredBeforeItsOwnRequestEnds() throws Exception {
        ClusterSession setter = here();
        ClusterSession holder = here();
        setter.setAttribute("a", list("tea"));
        List<String> shared = got(holder);
        Thread second = new Thread(holder::commit);
        store.afterCommit.set(() -> {
            shared.add("rum");
            second.start();
            await().until(() -> second.getState() != Thread.State.RUNNABLE && second.getState() != Thread.State.NEW);
        });
        setter.commit();
        second.join();

        assertThat(now(there)).isEqualTo(List.of("tea", "rum"));
        holder.leave();
        setter.leave();
    }

    @Test
    void changeThatANeighbourTakesBackWhileItIsBeingStoredIsTakenBackAtTheOwner() {
        with(list("tea"));
        ClusterSession one = here();
        ClusterSession other = here();
        got(one).add("rum");
        store.afterCommit.set(() -> {
            got(other).remove("rum");
            done(other);
        });
        done(one);

        assertThat(now(there)).isEqualTo(List.of("tea"));
        assertThat(now(here)).isEqualTo(List.of("tea"));
    }

    @Test
    void changeThatANeighbourTakesBackBeforeItIsSentIsTakenBackAtTheOwner() {
        with(list("tea"));
        ClusterSession one = here();
        ClusterSession other = here();
        got(one).add("rum");
        store.beforeCommit.set(() -> {
            got(other).remove("rum");
            done(other);
        });
        done(one);

        assertThat(now(there)).isEqualTo(List.of("tea"));
    }

    @Test
    void removalWhileTheFirstValueIsBeingStoredStaysARemoval() {
        ClusterSession setter = here();
        ClusterSession remover = here();
        setter.setAttribute("a", "tea");
        store.afterCommit.set(() -> remover.removeAttribute("a"));
        done(setter);

        assertThat(remover.getAttribute("a")).isNull();
        done(remover);
        assertThat(now(there)).isNull();
    }

    @Test
    void removalAfterTheFirstValueWasStoredThoughItsAnswerWasLostIsStored() {
        ClusterSession setter = here();
        ClusterSession remover = here();
        setter.setAttribute("a", "tea");
        owner.loseAnswers(Verb.COMMIT, 1);
        assertThatThrownBy(setter::commit).isInstanceOf(ClusterUnavailableException.class);
        remover.removeAttribute("a");
        done(remover);

        assertThat(now(there)).isNull();
    }

    @Test
    void changeThatWasRepeatedDoesNotPassForWhatAnotherNodeStoredMeanwhile() {
        with(list("tea"));
        ClusterSession mine = here();
        List<String> object = got(mine);
        object.add("rum");
        store.beforeRepeating.set(() -> {
            ClusterSession theirs = there.open(id);
            theirs.setAttribute("a", list("theirs"));
            done(theirs);
        });
        mine.commit();
        assertThat(now(here)).as("to a request that comes now").isEqualTo(List.of("theirs"));
        object.add("gin");
        done(mine);

        assertThat(now(there))
                .as("an explicit write stays above a change inside")
                .isEqualTo(List.of("theirs"));
    }

    @Test
    void nothingOldIsRememberedBelowAValueThatWasTakenBack() {
        with("old");
        ClusterSession fails = here();
        fails.setAttribute("a", "mine");
        ClusterSession theirs = there.open(id);
        theirs.setAttribute("a", "new");
        done(theirs);
        ClusterSession other = here();
        other.setAttribute("b", "something");
        done(other);
        fails.leave();

        assertThat(now(here)).isEqualTo("new");
    }

    @Test
    void mergedValueDoesNotTakeThePlaceOfWhatANeighbourSetMeanwhile() {
        AtomicReference<Runnable> whileMerging = new AtomicReference<>(() -> {});
        ServingNode merging = new ServingNode(
                owner, Duration.ofSeconds(30), time.clock(), time.ticker(), NonSerializable.REFUSE, (n, b, t, m) -> {
                    whileMerging.getAndSet(() -> {}).run();
                    return t + " and " + m;
                });
        with("base");
        ClusterSession mine = merging.open(id);
        ClusterSession neighbour = merging.open(id);
        mine.setAttribute("a", "mine");
        ClusterSession theirs = there.open(id);
        theirs.setAttribute("a", "theirs");
        done(theirs);
        whileMerging.set(() -> neighbour.setAttribute("a", "latest"));
        done(mine);
        done(neighbour);

        assertThat(now(there)).asString().contains("latest");
    }

    @Test
    void sessionThatEndsWhileItsCreationIsUnderWayIsNotAliveAtTheOwner() throws Exception {
        ClusterSession created = here.fresh();
        Thread second = new Thread(created::invalidate);
        store.beforeCommit.set(() -> {
            second.start();
            await().until(() -> second.getState() != Thread.State.RUNNABLE && second.getState() != Thread.State.NEW);
        });
        created.commit();
        second.join();
        created.leave();

        assertThat(there.find(created.id())).isNull();
    }

    @Test
    void sessionThatEndsAfterTheAnswerToItsCreationWasLostIsNotAliveAtTheOwner() {
        ClusterSession created = here.fresh();
        owner.loseAnswers(Verb.COMMIT, 1);
        assertThatThrownBy(created::commit).isInstanceOf(ClusterUnavailableException.class);
        created.invalidate();
        created.leave();

        assertThat(there.find(created.id())).isNull();
    }

    @Test
    void longRequestDoesNotKeepTheObjectsThatItHasReplaced() {
        ClusterSession request = here();
        List<String> first = list("tea");
        WeakReference<List<String>> kept = new WeakReference<>(first);
        request.setAttribute("a", first);
        request.commit();
        first = list("rum");
        request.setAttribute("a", first);
        request.commit();
        await().until(() -> {
            System.gc();
            return kept.get() == null;
        });

        first.add("gin");
        done(request);
        assertThat(now(there)).isEqualTo(List.of("rum", "gin"));
    }
}
