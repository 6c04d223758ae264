package io.flotilla.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of users over two application servers, as an operator on either sees them; and how they end. */
@Tag("cluster")
@ExtendWith(CleanSlate.class)
final class PrincipalSessionsTest {
    @TempDir
    Path directory;

    private final TestTime time = new TestTime();
    private final List<String> created = new CopyOnWriteArrayList<>();
    private final List<String> destroyed = new CopyOnWriteArrayList<>();
    private TestCluster cluster;
    private WebNode a;
    private WebNode b;

    /** One of these is on each node; what they hear comes together here. */
    private final class Listener implements HttpSessionListener {
        @Override
        public void sessionCreated(HttpSessionEvent event) {
            created.add(event.getSession().getId());
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            HttpSession session = event.getSession();
            destroyed.add(session.getId() + " of " + session.getAttribute("user"));
        }
    }

    @BeforeEach
    void start() throws Exception {
        cluster = TestCluster.of("users")
                .members(2)
                .time(time)
                .configure((i, member) -> member.install(Sessions.module(s -> s.timeout(Duration.ofMinutes(30))
                        .lifetime(Duration.ofHours(8))
                        .principal("user")
                        .sessionsPerPrincipal(2)
                        .listener(new Listener()))))
                .start();
        a = node(0, "a");
        b = node(1, "b");
    }

    private WebNode node(int i, String name) throws Exception {
        File folder = directory.resolve(name).toFile();
        assertThat(folder.mkdir()).isTrue();
        WebNode node = new WebNode(cluster.member(i), folder);
        node.on("/login", (request, response) -> {
            request.getSession().setAttribute("user", request.getParameter("user"));
            response.getWriter().print(request.changeSessionId());
        });
        node.on("/logout", (request, response) -> request.getSession().removeAttribute("user"));
        node.on("/user", (request, response) -> {
            HttpSession session = request.getSession(false);
            response.getWriter().print(session == null ? "nobody" : session.getAttribute("user"));
        });
        return node;
    }

    @AfterEach
    void stop() throws Exception {
        a.close();
        b.close();
        cluster.close();
    }

    private Sessions sessions(int i) {
        return cluster.member(i).get(Sessions.class);
    }

    @Test
    void aUsersSessionsAreFoundAndEndedFromTheOtherNode() throws Exception {
        Browser desk = new Browser();
        Browser phone = new Browser();
        Instant first = time.now();
        String deskId = desk.body(a, "/login?user=ann");
        time.advance(Duration.ofMinutes(1));
        phone.get(b, "/login?user=ann");
        Browser other = new Browser();
        other.get(a, "/login?user=bob");

        List<SessionInfo> found = sessions(1).find("ann");
        assertThat(found).hasSize(2);
        SessionInfo older = found.get(1);
        assertThat(older.created()).isEqualTo(first);
        assertThat(older.lastAccessed()).isEqualTo(first);
        assertThat(older.timeout()).contains(Duration.ofMinutes(30));
        assertThat(older.application()).isEmpty();
        assertThat(older.attributes()).containsOnlyKeys("user");
        assertThat(older.handle())
                .matches("[0-9a-f]{32}")
                .isEqualTo(sessions(0).find("ann").get(1).handle());
        assertThat(older).asString().doesNotContain("ann").doesNotContain(deskId);

        assertThat(sessions(1).end("bob", older.handle()))
                .as("of somebody else")
                .isFalse();
        assertThat(sessions(1).end("ann", older.handle())).isTrue();
        assertThat(desk.body(a, "/user")).isEqualTo("nobody");
        assertThat(phone.body(a, "/user")).isEqualTo("ann");
        assertThat(sessions(1).end("ann", older.handle())).as("again").isFalse();
        assertThat(sessions(0).end("ann")).isEqualTo(1);
        assertThat(sessions(0).end("ann")).isZero();
        assertThat(phone.body(b, "/user")).isEqualTo("nobody");
        assertThat(other.body(b, "/user")).isEqualTo("bob");
        Awaitility.await().until(() -> destroyed.size() == 2);
        assertThat(destroyed).contains(deskId + " of ann");
    }

    @Test
    void oneLoginTooManyEndsTheSessionThatWasNotUsedForLongest() throws Exception {
        Browser one = new Browser();
        Browser two = new Browser();
        Browser three = new Browser();
        one.get(a, "/login?user=ann");
        time.advance(Duration.ofSeconds(10));
        two.get(b, "/login?user=ann");
        time.advance(Duration.ofSeconds(10));
        one.get(b, "/user");
        time.advance(Duration.ofSeconds(10));
        three.get(a, "/login?user=ann");

        assertThat(Map.of("one", one.body(a, "/user"), "two", two.body(a, "/user"), "three", three.body(b, "/user")))
                .isEqualTo(Map.of("one", "ann", "two", "nobody", "three", "ann"));
    }

    @Test
    void aSessionIsNobodysAfterLogout() throws Exception {
        Browser browser = new Browser();
        browser.get(a, "/login?user=ann");
        browser.get(b, "/logout");

        assertThat(sessions(0).find("ann")).isEmpty();
        assertThat(browser.body(a, "/user")).isEqualTo("null");
    }

    @Test
    void aSessionThatIsUsedEndsWithItsLifetimeAndIsToldOnce() throws Exception {
        Browser browser = new Browser();
        String id = browser.body(a, "/login?user=ann");
        for (int i = 0; i < 24; i++) {
            time.setClock(time.now().plus(Duration.ofMinutes(20)));
            assertThat(browser.body(i % 2 == 0 ? a : b, "/user")).isEqualTo("ann");
        }
        time.setClock(time.now().plusMillis(1));
        assertThat(browser.body(a, "/user")).isEqualTo("nobody");
        Awaitility.await().untilAsserted(() -> {
            time.advance(Duration.ofSeconds(1)); // sweeps
            assertThat(destroyed).isNotEmpty();
        });
        time.advance(Duration.ofSeconds(30));

        assertThat(created).hasSize(1);
        assertThat(destroyed).containsExactly(id + " of ann");
    }

    @Test
    void timedOutSessionsAreToldOnceEachUnderTheirLastId() throws Exception {
        List<String> expected = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 10; i++) {
            expected.add(new Browser().body(i % 2 == 0 ? a : b, "/login?user=u" + i) + " of u" + i);
        }
        time.setClock(time.now().plus(Duration.ofMinutes(31)));
        Awaitility.await().untilAsserted(() -> {
            time.advance(Duration.ofSeconds(1));
            assertThat(destroyed).hasSizeGreaterThanOrEqualTo(10);
        });
        time.advance(Duration.ofSeconds(30));

        assertThat(destroyed).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void withoutAPrincipalNobodyIsFound() {
        TestCluster plain = TestCluster.of("plain")
                .members(1)
                .configure((i, member) -> member.install(Sessions.module()))
                .start();
        try {
            Sessions sessions = plain.member(0).get(Sessions.class);
            String message =
                    "sessions have no principals: set sessions.principal to the attribute that says whose a session is";
            assertThatThrownBy(() -> sessions.find("ann"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> sessions.end("ann"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> sessions.end("ann", "00"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(message);
        } finally {
            plain.close();
        }
    }
}
