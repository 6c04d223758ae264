package io.flotilla.sessions.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.sessions.testkit.NextRelease;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of this release and of the next one in one cluster, as while a farm goes from one to the other or back. */
@Tag("cluster")
@Timeout(180)
@ExtendWith(CleanSlate.class)
@ExpectLog(value = "is alone", required = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TwoReleasesTest {
    private static final int SESSIONS = 20;
    private static final int NODES = 3;
    private static final int WRITERS = 4;

    private final List<Copy> copies = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> members = new ArrayList<>();

    @BeforeAll
    void prepare(@TempDir Path directory) throws IOException {
        copies.add(Copy.ofThisRelease());
        copies.add(Copy.ofNextRelease(
                NextRelease.compile(Path.of(".."), directory, System.getProperty("java.class.path"))));
        for (int i = 0; i < NODES; i++) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                members.add("127.0.0.1:" + free.getLocalPort());
            }
        }
    }

    @AfterAll
    void closeCopies() throws IOException {
        for (Copy each : copies) {
            each.close();
        }
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(Node::close);
        nodes.clear();
    }

    private Node thisRelease(int place) {
        return start(copies.get(0), place);
    }

    private Node nextRelease(int place) {
        return start(copies.get(1), place);
    }

    private Node start(Copy copy, int place) {
        int port = Integer.parseInt(members.get(place).split(":", 2)[1]);
        Node node = copy.start("shop", "web-" + place, port, members);
        nodes.add(node);
        return node;
    }

    private static void awaitTogether(Node... together) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            for (Node each : together) {
                if (each.members() != together.length || !each.safe()) {
                    return false;
                }
            }
            return true;
        });
    }

    private static List<Visitor> begin(Node node) throws IOException {
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Visitor visitor = new Visitor();
            visitor.get(node, "/set?user=u" + i);
            visitor.get(node, "/add?tea");
            visitors.add(visitor);
        }
        return visitors;
    }

    private static void assertContinue(List<Visitor> visitors, Node there, Node back) throws IOException {
        for (int i = 0; i < visitors.size(); i++) {
            Visitor visitor = visitors.get(i);
            assertThat(visitor.get(there, "/get")).contains("user=u" + i, "list=[tea]");
            visitor.get(there, "/add?rum");
            assertThat(visitor.get(back, "/set?user=v" + i)).contains("was=u" + i, "list=[tea, rum]");
            assertThat(visitor.get(there, "/get")).contains("user=v" + i, "list=[tea, rum]");
        }
    }

    @Test
    void sessionsOfEitherAreReadAndWrittenOnBoth() throws IOException {
        Node old = thisRelease(0);
        Node next = nextRelease(1);
        awaitTogether(old, next);

        assertContinue(begin(old), next, old);
        assertContinue(begin(next), old, next);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @ExpectLog("has stopped although nobody closed it")
    void whatOneHasBackedUpTheOtherServes(boolean oldIsLost) throws IOException {
        Node old = thisRelease(0);
        Node next = nextRelease(1);
        awaitTogether(old, next);
        List<Visitor> visitors = begin(old);
        visitors.addAll(begin(next));
        Node survivor = oldIsLost ? next : old;

        (oldIsLost ? old : next).kill();

        for (int i = 0; i < visitors.size(); i++) {
            assertThat(visitors.get(i).get(survivor, "/get")).contains("user=u" + i % SESSIONS, "list=[tea]");
            assertThat(visitors.get(i).get(survivor, "/add?rum")).contains("list=[tea, rum]");
        }
    }

    @Test
    @ExpectLog("has stopped although nobody closed it")
    void whatTheNextReleaseHasAddedOutlivesItsOwnersOfThisOne() throws IOException {
        Node next = nextRelease(0);
        List<Visitor> visitors = begin(next);
        assertThat(next.notes(true))
                .hasSize(SESSIONS)
                .allSatisfy((key, note) -> assertThat(note).isEqualTo(NextRelease.NOTE));
        Node old = thisRelease(1);
        awaitTogether(old, next);
        next.kill();
        for (Visitor each : visitors) {
            assertThat(each.get(old, "/add?rum")).contains("list=[tea, rum]");
        }

        Node again = nextRelease(0);
        awaitTogether(old, again);
        old.close();

        assertThat(again.notes(true))
                .hasSize(SESSIONS)
                .allSatisfy((key, note) -> assertThat(note).isEqualTo(NextRelease.NOTE));
        assertThat(visitors.get(0).get(again, "/get")).contains("user=u0", "list=[tea, rum]");
    }

    @Test
    void aNewMessageIsSentOnceAllKnowIt() throws IOException {
        Node next = nextRelease(0);
        begin(next);
        Node old = thisRelease(1);
        awaitTogether(old, next);

        assertThat(next.notes(true))
                .hasSize(SESSIONS)
                .allSatisfy((key, note) -> assertThat(note).isEqualTo("not asked"));

        old.close();
        assertThat(next.notes(true))
                .hasSize(SESSIONS)
                .allSatisfy((key, note) -> assertThat(note).isEqualTo(NextRelease.NOTE));
    }

    @Test
    @ExpectLog("unknown type 99 of the sessions module|Failed to process: Packet")
    void aNewMessageThatComesTooEarlyHarmsNobody() throws IOException {
        Node next = nextRelease(0);
        List<Visitor> visitors = begin(next);
        Node old = thisRelease(1);
        awaitTogether(old, next);

        assertThat(next.notes(false).values())
                .contains(
                        NextRelease.NOTE,
                        "a member of cluster 'shop' cannot read what another one, or this one, has written; if they run"
                                + " different releases of Flotilla, let all run the same one: unknown type 99 of the"
                                + " sessions module: a newer release of Flotilla sent it");

        assertContinue(visitors, old, next);
    }

    /** One by one to the next release and back, while people write: no request fails, no write is lost. */
    @Test
    void aRollingUpgradeAndItsRollbackGoUnnoticed() throws Exception {
        AtomicReferenceArray<Node> farm = new AtomicReferenceArray<>(NODES);
        for (int i = 0; i < NODES; i++) {
            farm.set(i, thisRelease(i));
        }
        awaitTogether(farm.get(0), farm.get(1), farm.get(2));
        try (Writers writers = new Writers(farm, WRITERS)) {
            roll(farm, writers, copies.get(1));
            assertThat(farm.get(0).notes(true)).hasSize(WRITERS).containsValue(NextRelease.NOTE);
            roll(farm, writers, copies.get(0));
            assertThat(writers.failures()).isEmpty();
        }
    }

    private void roll(AtomicReferenceArray<Node> farm, Writers writers, Copy release) {
        for (int i = 0; i < NODES; i++) {
            writers.awaitWrites(100);
            Node leaving = farm.getAndSet(i, null);
            writers.awaitWrites(2 * WRITERS); // none is on its way to that node any more
            leaving.close();
            awaitTogether(farm.get((i + 1) % NODES), farm.get((i + 2) % NODES));
            writers.awaitWrites(100);
            Node fresh = start(release, i);
            farm.set(i, fresh);
            awaitTogether(farm.get(0), farm.get(1), farm.get(2));
        }
        writers.awaitWrites(100);
    }
}
