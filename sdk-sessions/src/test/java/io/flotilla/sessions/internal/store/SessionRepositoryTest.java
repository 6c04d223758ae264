package io.flotilla.sessions.internal.store;

import static io.flotilla.sessions.internal.wire.Messages.birth;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static io.flotilla.sessions.internal.wire.Messages.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.InMemorySessionStore.Verb;
import io.flotilla.sessions.internal.store.SessionRepository.Opened;
import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitReply;
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
                store,
                new Snapshots(1 << 20, time.ticker()),
                new SessionsMetrics(meters),
                Duration.ofSeconds(30),
                time.ticker());

        Opened open() {
            return repository.open(KEY, secret("s"));
        }

        CommitReply commit(Snapshot base, AttributeChange... changes) {
            return Fitting.commit(repository, KEY, HeadChange.NONE, base.version(), changes);
        }

        void newSession(AttributeChange... changes) {
            Fitting.commit(repository, KEY, birth("s", 1800), Version.NONE, changes);
        }
    }

    private static Version of(Opened opened, String name) {
        StoredAttribute present = opened.snapshot().attributes().get(name);
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
        assertThat(second.snapshot().maxInactiveSeconds()).isEqualTo(1800);
        assertThat(second.snapshot()).isEqualTo(first.snapshot());
        assertThat(texts(second.snapshot().attributes())).hasToString("{a=1}");
    }

    @Test
    void openAfterARememberedCommitMovesNoAttributes() {
        here.newSession(set("a", Version.NONE, "1"));
        Snapshot known = there.open().snapshot();
        here.repository.remember(KEY, known);

        assertThat(here.open().reply().status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        here.repository.remember(KEY, null);
        assertThat(texts(here.open().snapshot().attributes())).hasToString("{a=1}");
    }

    @Test
    void openAfterAnothersCommitMovesTheDifference() {
        here.newSession(set("a", Version.NONE, "1"), set("b", Version.NONE, "1"));
        here.open();
        Opened seen = there.open();
        there.commit(seen.snapshot(), set("b", of(seen, "b"), "2"));
        Opened after = here.open();

        assertThat(after.reply().status()).isEqualTo(OpenReply.Status.CHANGED);
        assertThat(texts(after.reply().attributes())).hasToString("{b=2}");
        assertThat(texts(after.snapshot().attributes())).hasToString("{a=1, b=2}");
        assertThat(here.open().reply().status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
    }

    @Test
    void goneSessionTakesNoChangesAndIsForgotten() {
        here.newSession(set("a", Version.NONE, "1"));
        Opened mine = here.open();
        assertThat(there.repository.invalidate(KEY, 4)).isTrue();

        assertThat(here.commit(mine.snapshot(), set("a", of(mine, "a"), "2")).status())
                .isEqualTo(CommitReply.Status.GONE);
        Opened after = here.open();
        assertThat(after.reply().status()).isEqualTo(OpenReply.Status.GONE);
        assertThat(after.snapshot()).isEqualTo(Snapshot.EMPTY);
        assertThat(there.repository.invalidate(KEY, 5)).isFalse();
    }

    @Test
    void everyCommitHasASequenceNumberOfItsOwn() {
        here.newSession(set("a", Version.NONE, "1"));
        Opened mine = here.open();
        Opened theirs = there.open();
        there.commit(theirs.snapshot(), set("a", of(theirs, "a"), "2"));
        here.commit(mine.snapshot(), set("a", of(mine, "a"), "3"));
        Fitting.commit(here.repository, "other", birth("s", 60), Version.NONE);
        Map<Long, List<Long>> byWriter = store.commits().stream()
                .collect(Collectors.groupingBy(
                        Commit::writer, Collectors.mapping(Commit::sequence, Collectors.toList())));

        assertThat(byWriter).hasSize(2);
        assertThat(byWriter.values()).containsExactlyInAnyOrder(List.of(1L, 2L, 3L, 4L), List.of(1L));
    }

    @Test
    void commitsOfOneSessionLeaveInTheOrderOfTheirNumbers() throws Exception {
        here.newSession();
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
        assertThatThrownBy(() -> here.repository.invalidate(KEY, 6)).hasMessage(message);
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
        here.repository.invalidate(KEY, 7);
        here.open();

        assertThat(here.meters.find(SessionsMetrics.OPERATIONS).timers().stream()
                        .map(each ->
                                each.getId().getTag("op") + " " + each.getId().getTag("outcome") + " " + each.count()))
                .containsExactlyInAnyOrder(
                        "commit applied 1", "open all 1", "open unavailable 1", "open gone 1", "invalidate alive 1");
    }

    @Test
    void whatIsNotUsedIsLetGo() {
        here.newSession(set("a", Version.NONE, "1"));
        Opened first = here.open();
        time.advance(Duration.ofMinutes(9));
        Opened used = here.open();
        time.advance(Duration.ofMinutes(9));
        Opened usedAgain = here.open();
        time.advance(Duration.ofMinutes(11));
        Opened idle = here.open();

        assertThat(first.reply().status()).isEqualTo(OpenReply.Status.ALL);
        assertThat(used.reply().status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        assertThat(usedAgain.reply().status()).isEqualTo(OpenReply.Status.NOT_MODIFIED);
        assertThat(idle.reply().status()).isEqualTo(OpenReply.Status.ALL);
    }

    @Test
    void aMemberWithoutRequestsLetsGoOfItsCopies() {
        Snapshots snapshots = new Snapshots(1 << 20, time.ticker());
        SessionRepository repository = new SessionRepository(
                store,
                snapshots,
                new SessionsMetrics(new SimpleMeterRegistry()),
                Duration.ofSeconds(30),
                time.ticker());
        here.newSession(set("a", Version.NONE, "1"));
        Opened unused = repository.open(KEY, secret("s"));
        time.advance(Duration.ofMinutes(9));
        repository.cleanUp();
        assertThat(snapshots.size()).isEqualTo(1);
        time.advance(Duration.ofMinutes(1));
        repository.cleanUp();

        assertThat(snapshots.size()).isZero();
    }

    @Test
    void nothingIsKeptWithoutMemoryForIt() {
        SessionRepository forgetful = new SessionRepository(
                store,
                new Snapshots(0, time.ticker()),
                new SessionsMetrics(new SimpleMeterRegistry()),
                Duration.ofSeconds(30),
                time.ticker());
        here.newSession(set("a", Version.NONE, "1"));
        forgetful.open(KEY, secret("s"));

        assertThat(forgetful.open(KEY, secret("s")).reply().status()).isEqualTo(OpenReply.Status.ALL);
    }
}
