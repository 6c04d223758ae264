package io.flotilla.sessions.internal.store;

import static io.flotilla.sessions.internal.wire.Messages.birth;
import static io.flotilla.sessions.internal.wire.Messages.mutate;
import static io.flotilla.sessions.internal.wire.Messages.remove;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static io.flotilla.sessions.internal.wire.Messages.texts;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.InMemorySessionStore.Verb;
import io.flotilla.sessions.internal.store.SessionRepository.Changes;
import io.flotilla.sessions.internal.store.SessionRepository.Opened;
import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.HeadChange;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.testkit.TestTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two members' repositories over one store. */
final class SessionRepositoryTest {
    private static final String KEY = "key";

    private final TestTime time = new TestTime();
    private final InMemorySessionStore store = new InMemorySessionStore(time.clock());
    private final Node here = new Node();
    private final Node there = new Node();

    private final class Node {
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final SessionRepository repository = new SessionRepository(
                store, new Snapshots(1 << 20), new SessionsMetrics(meters), Duration.ofSeconds(30), time.ticker());

        Opened open() {
            return repository.open(KEY, secret("s"));
        }

        @Nullable
        Snapshot commit(Snapshot base, AttributeChange... changes) {
            return repository.commit(KEY, new Changes(HeadChange.NONE, base, List.of(changes)));
        }

        @Nullable
        Snapshot newSession(AttributeChange... changes) {
            return repository.commit(KEY, new Changes(birth("s", 1800), Snapshot.EMPTY, List.of(changes)));
        }

        double conflicts(String resolution) {
            return meters.get(SessionsMetrics.CONFLICTS)
                    .tag("resolution", resolution)
                    .counter()
                    .count();
        }
    }

    private static Version of(Opened opened, String name) {
        return of(opened.snapshot(), name);
    }

    private static Version of(@Nullable Snapshot snapshot, String name) {
        StoredAttribute present = requireNonNull(snapshot).attributes().get(name);
        return present == null ? Version.NONE : present.version();
    }

    private Map<String, String> stored() {
        return texts(store.open(KEY, secret("s"), Version.NONE).attributes());
    }

    @Test
    void secondOpenMovesNoAttributes() {
        here.newSession(set("a", Version.NONE, "1"));
        Opened first = there.open();
        Opened second = there.open();

        assertThat(first.reply().status()).isEqualTo(OpenReply.Status.ALL);
        assertThat(second.reply().status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        assertThat(second.reply().attributes()).isEmpty();
        assertThat(second.snapshot()).isEqualTo(first.snapshot());
        assertThat(texts(second.snapshot().attributes())).hasToString("{a=1}");
    }

    @Test
    void openAfterOwnCommitMovesNoAttributes() {
        here.newSession(set("a", Version.NONE, "1"));
        Opened created = here.open();
        here.commit(created.snapshot(), set("a", of(created, "a"), "2"), set("b", Version.NONE, "2"));
        Opened written = here.open();

        assertThat(created.reply().status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        assertThat(written.reply().status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        assertThat(texts(written.snapshot().attributes())).hasToString("{a=2, b=2}");
        assertThat(store.calls(Verb.OPEN)).isEqualTo(2);
        assertThat(store.calls(Verb.COMMIT)).isEqualTo(2);
    }

    @Test
    void openAfterAnothersCommitMovesTheDifference() {
        here.newSession(set("a", Version.NONE, "1"), set("b", Version.NONE, "1"));
        Opened seen = there.open();
        there.commit(seen.snapshot(), set("b", of(seen, "b"), "2"));
        Opened after = here.open();

        assertThat(after.reply().status()).isEqualTo(OpenReply.Status.CHANGED);
        assertThat(texts(after.reply().attributes())).hasToString("{b=2}");
        assertThat(texts(after.snapshot().attributes())).hasToString("{a=1, b=2}");
        assertThat(here.open().reply().status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
    }

    @Test
    void differentAttributesAreMerged() {
        here.newSession(set("a", Version.NONE, "1"), set("b", Version.NONE, "1"));
        Opened mine = here.open();
        Opened theirs = there.open();
        there.commit(theirs.snapshot(), set("a", of(theirs, "a"), "2"));
        here.commit(mine.snapshot(), set("b", of(mine, "b"), "2"));

        assertThat(stored()).hasToString("{a=2, b=2}");
        assertThat(store.calls(Verb.COMMIT)).isEqualTo(3);
        assertThat(texts(here.open().snapshot().attributes())).hasToString("{a=2, b=2}");
        assertThat(here.conflicts("overwritten")).isZero();
    }

    @Test
    void sameAttributeIsOverwrittenAndCounted() {
        here.newSession(set("a", Version.NONE, "1"), set("b", Version.NONE, "1"));
        Opened mine = here.open();
        Opened theirs = there.open();
        there.commit(theirs.snapshot(), set("a", of(theirs, "a"), "theirs"));
        here.commit(mine.snapshot(), set("a", of(mine, "a"), "mine"), set("b", of(mine, "b"), "mine"));

        assertThat(stored()).hasToString("{a=mine, b=mine}");
        assertThat(here.conflicts("overwritten")).isEqualTo(1);
        assertThat(here.conflicts("dropped")).isZero();
        assertThat(there.conflicts("overwritten")).isZero();
    }

    @Test
    void changeInsideAnObjectIsDroppedBelowAnExplicitWriteAndCounted() {
        here.newSession(set("a", Version.NONE, "1"), set("b", Version.NONE, "1"));
        Opened mine = here.open();
        Opened theirs = there.open();
        there.commit(theirs.snapshot(), set("a", of(theirs, "a"), "theirs"));
        here.commit(mine.snapshot(), mutate("a", of(mine, "a"), "mine"), mutate("b", of(mine, "b"), "mine"));

        assertThat(stored()).hasToString("{a=theirs, b=mine}");
        assertThat(here.conflicts("dropped")).isEqualTo(1);
        assertThat(here.conflicts("overwritten")).isZero();
    }

    @Test
    void changeInsideAnObjectIsDroppedBelowARemoval() {
        here.newSession(set("a", Version.NONE, "1"));
        Opened mine = here.open();
        Opened theirs = there.open();
        there.commit(theirs.snapshot(), remove("a", of(theirs, "a")));
        here.commit(mine.snapshot(), mutate("a", of(mine, "a"), "mine"));

        assertThat(stored()).isEmpty();
        assertThat(here.conflicts("dropped")).isEqualTo(1);
    }

    @Test
    void laterOfTwoChangesInsideAnObjectWins() {
        here.newSession(set("a", Version.NONE, "1"));
        Opened mine = here.open();
        Opened theirs = there.open();
        there.commit(theirs.snapshot(), mutate("a", of(theirs, "a"), "theirs"));
        here.commit(mine.snapshot(), mutate("a", of(mine, "a"), "mine"));

        assertThat(stored()).hasToString("{a=mine}");
        assertThat(here.conflicts("overwritten")).isEqualTo(1);
    }

    @Test
    void sameContentWrittenAgainIsNoConflict() {
        here.newSession(set("a", Version.NONE, "1"));
        Opened mine = here.open();
        Opened theirs = there.open();
        there.commit(theirs.snapshot(), set("a", of(theirs, "a"), "1"));
        here.commit(mine.snapshot(), mutate("a", of(mine, "a"), "mine"));

        assertThat(stored()).hasToString("{a=mine}");
        assertThat(here.conflicts("dropped")).isZero();
        assertThat(here.conflicts("overwritten")).isZero();
    }

    @Test
    void changeAfterACommitWhoseAnswerWasLostIsNotDropped() {
        here.newSession(set("a", Version.NONE, "1"));
        Opened mine = here.open();
        store.loseAnswers(Verb.COMMIT, 1);
        assertThatThrownBy(() -> here.commit(mine.snapshot(), set("a", of(mine, "a"), "2")))
                .isInstanceOf(ClusterUnavailableException.class);
        here.commit(mine.snapshot(), set("a", of(mine, "a"), "3"));

        assertThat(stored()).hasToString("{a=3}");
    }

    @Test
    void firstCommitMayBeSentAgainAfterItsAnswerWasLost() {
        store.loseAnswers(Verb.COMMIT, 1);
        assertThatThrownBy(() -> here.newSession(set("a", Version.NONE, "1")))
                .isInstanceOf(ClusterUnavailableException.class);
        Snapshot stored = here.newSession(set("a", Version.NONE, "2"), set("b", Version.NONE, "2"));

        assertThat(stored).as("the session is not gone").isNotNull();
        assertThat(stored()).hasToString("{a=2, b=2}");
    }

    @Test
    void requestGoesOnWithWhatItSawAfterOthersWroteInBetween() {
        here.newSession(set("a", Version.NONE, "1"), set("b", Version.NONE, "1"));
        Opened mine = here.open();
        Opened theirs = there.open();
        there.commit(theirs.snapshot(), set("b", of(theirs, "b"), "theirs"));
        Snapshot after = requireNonNull(here.commit(mine.snapshot(), set("a", of(mine, "a"), "2")));
        assertThat(texts(after.attributes())).hasToString("{a=2, b=1}");
        here.commit(after, set("a", of(after, "a"), "3"));

        assertThat(here.conflicts("overwritten")).isZero();
        assertThat(stored()).hasToString("{a=3, b=theirs}");
        assertThat(texts(here.open().snapshot().attributes())).hasToString("{a=3, b=theirs}");
    }

    @Test
    void goneSessionTakesNoChangesAndIsForgotten() {
        here.newSession(set("a", Version.NONE, "1"));
        Opened mine = here.open();
        assertThat(there.repository.invalidate(KEY)).isTrue();

        assertThat(here.commit(mine.snapshot(), set("a", of(mine, "a"), "2"))).isNull();
        Opened after = here.open();
        assertThat(after.reply().status()).isEqualTo(OpenReply.Status.GONE);
        assertThat(after.snapshot()).isEqualTo(Snapshot.EMPTY);
        assertThat(there.repository.invalidate(KEY)).isFalse();
    }

    @Test
    void everyCommitHasASequenceNumberOfItsOwn() {
        here.newSession(set("a", Version.NONE, "1"));
        Opened mine = here.open();
        Opened theirs = there.open();
        there.commit(theirs.snapshot(), set("a", of(theirs, "a"), "2"));
        here.commit(mine.snapshot(), set("a", of(mine, "a"), "3"));
        here.repository.commit("other", new Changes(birth("s", 60), Snapshot.EMPTY, List.of()));
        Map<Long, List<Long>> byWriter = store.commits().stream()
                .collect(Collectors.groupingBy(
                        Commit::writer, Collectors.mapping(Commit::sequence, Collectors.toList())));

        assertThat(byWriter).hasSize(2);
        assertThat(byWriter.values()).containsExactlyInAnyOrder(List.of(1L, 2L, 3L, 4L), List.of(1L));
    }

    @Test
    void commitsOfOneSessionLeaveInTheOrderOfTheirNumbers() throws Exception {
        Snapshot base = here.newSession();
        assertThat(base).isNotNull();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "a" + i;
            running.add(pool.submit(() -> {
                for (int n = 0; n < 200; n++) {
                    Opened opened = here.open();
                    here.commit(
                            opened.snapshot(),
                            set(name, of(opened, name), "" + n),
                            set("all", of(opened, "all"), name));
                }
            }));
        }
        for (Future<?> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }
        pool.shutdown();

        List<Long> sequences = store.commits().stream().map(Commit::sequence).toList();
        assertThat(sequences).isSorted().doesNotHaveDuplicates();
        assertThat(stored()).hasSize(9).containsEntry("a0", "199").containsEntry("a7", "199");
    }

    @Test
    void touchesAreCoalesced() {
        here.newSession();
        here.repository.touch(KEY, secret("s"));
        here.repository.touch(KEY, secret("s"));
        assertThat(store.calls(Verb.TOUCH)).isEqualTo(1);
        time.advance(Duration.ofSeconds(1));
        here.repository.touch(KEY, secret("s"));

        assertThat(store.calls(Verb.TOUCH)).isEqualTo(2);
    }

    @Test
    void leavingNodeRefusesEverything() {
        here.newSession();
        int before = store.calls();
        here.repository.leave();
        String message = "this node is leaving the cluster and takes no more requests; another one will answer";

        assertThatThrownBy(here::open)
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> here.commit(Snapshot.EMPTY)).hasMessage(message);
        assertThatThrownBy(() -> here.repository.invalidate(KEY)).hasMessage(message);
        here.repository.touch(KEY, secret("s"));
        assertThat(store.calls()).isEqualTo(before);
    }

    @Test
    void callsAreTimedByOutcome() {
        here.newSession(set("a", Version.NONE, "1"));
        here.open();
        there.open();
        store.loseAnswers(Verb.OPEN, 1);
        assertThatThrownBy(here::open).isInstanceOf(ClusterUnavailableException.class);
        here.repository.invalidate(KEY);
        here.open();

        assertThat(here.meters.find(SessionsMetrics.OPERATIONS).timers().stream()
                        .map(each ->
                                each.getId().getTag("op") + " " + each.getId().getTag("outcome") + " " + each.count()))
                .containsExactlyInAnyOrder(
                        "commit applied 1",
                        "open not_modified 1",
                        "open unavailable 1",
                        "open gone 1",
                        "invalidate alive 1");
    }

    @Test
    void nothingIsKeptWithoutMemoryForIt() {
        SessionRepository forgetful = new SessionRepository(
                store,
                new Snapshots(0),
                new SessionsMetrics(new SimpleMeterRegistry()),
                Duration.ofSeconds(30),
                time.ticker());
        here.newSession(set("a", Version.NONE, "1"));
        forgetful.open(KEY, secret("s"));

        assertThat(forgetful.open(KEY, secret("s")).reply().status()).isEqualTo(OpenReply.Status.ALL);
    }
}
