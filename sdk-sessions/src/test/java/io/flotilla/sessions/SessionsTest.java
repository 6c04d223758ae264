package io.flotilla.sessions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpSession;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The everyday {@code HttpSession} over two application servers and no stickiness: every request may go to either. */
@Tag("cluster")
@ExtendWith(CleanSlate.class)
class SessionsTest {
    @TempDir
    Path directory;

    private final TestTime time = new TestTime();
    private TestCluster cluster;
    private WebNode a;
    private WebNode b;
    private final Browser browser = new Browser();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        cluster = TestCluster.of("web")
                .members(2)
                .time(time)
                .configure((i, member) -> member.callTimeout(Duration.ofSeconds(5))
                        .install(Sessions.module(s -> s.timeout(Duration.ofMinutes(30)))))
                .start();
        a = new WebNode(cluster.member(0), folder("a"));
        b = new WebNode(cluster.member(1), folder("b"));
        both("/set", (request, response) -> {
            request.getSession().setAttribute(request.getParameter("name"), request.getParameter("value"));
            response.getWriter().print("set");
        });
        both("/get", (request, response) -> {
            HttpSession session = request.getSession(false);
            response.getWriter().print(session == null ? "none" : session.getAttribute(request.getParameter("name")));
        });
        both("/invalidate", (request, response) -> {
            request.getSession().invalidate();
            response.getWriter().print("ended");
        });
        both("/id", (request, response) -> response.getWriter().print(request.changeSessionId()));
        both("/static", (request, response) -> response.getWriter().print("no session asked for"));
    }

    @AfterEach
    void stop() throws Exception {
        a.close();
        b.close();
        cluster.close();
    }

    private File folder(String name) {
        File folder = directory.resolve(name).toFile();
        assertThat(folder.mkdir()).isTrue();
        return folder;
    }

    private void both(String path, WebNode.Script script) {
        a.on(path, script);
        b.on(path, script);
    }

    @Test
    void whatOneNodeStoresTheOtherReads() throws Exception {
        browser.get(a, "/set?name=x&value=1");
        assertThat(browser.body(b, "/get?name=x")).isEqualTo("1");
        browser.get(b, "/set?name=x&value=2");
        assertThat(browser.body(a, "/get?name=x")).isEqualTo("2");
        assertThat(a.containerSessions()).isEmpty();
    }

    @Test
    void everyWriteIsSeenByTheVeryNextRequestOnTheOtherNode() throws Exception {
        for (int i = 0; i < 300; i++) {
            WebNode writer = i % 2 == 0 ? a : b;
            WebNode reader = i % 2 == 0 ? b : a;
            browser.get(writer, "/set?name=n&value=" + i);
            assertThat(browser.body(reader, "/get?name=n")).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void aNodeToWhichNoRequestsComeAnyMoreLetsGoOfTheSessionsObjects() throws Exception {
        List<WeakReference<Object>> stored = new CopyOnWriteArrayList<>();
        a.on("/cart", (request, response) -> {
            List<String> cart = new ArrayList<>(List.of("tea"));
            stored.add(new WeakReference<>(cart));
            request.getSession().setAttribute("cart", cart);
        });
        browser.get(a, "/cart");
        System.gc();
        assertThat(stored.get(0).get()).as("while it may be used again").isNotNull();
        time.advance(Duration.ofMinutes(10));

        Awaitility.await().until(() -> {
            time.advance(Duration.ofSeconds(10)); // at each the node may tidy up
            System.gc();
            return stored.get(0).get() == null;
        });
    }

    @Test
    void theCookieIsSafeByDefault() throws Exception {
        browser.get(a, "/set?name=x&value=1");
        assertThat(browser.lastSetCookies()).hasSize(1);
        assertThat(browser.lastSetCookies().get(0))
                .matches("JSESSIONID=[A-Za-z0-9_-]{44}; Path=/; HttpOnly; SameSite=Lax");
        browser.get(b, "/set?name=x&value=2");
        assertThat(browser.lastSetCookies()).as("sent once").isEmpty();
    }

    @Test
    void anIdThatTheClientMadeUpIsNeverAdopted() throws Exception {
        String madeUp = "A".repeat(44);
        browser.with(madeUp).get(a, "/set?name=x&value=1");
        assertThat(browser.cookie()).isNotEqualTo(madeUp);
        assertThat(new Browser().with("' or 1=1").body(a, "/get?name=x")).isEqualTo("none");
    }

    @Test
    void isNewUntilTheClientComesBack() throws Exception {
        both(
                "/new",
                (request, response) ->
                        response.getWriter().print(request.getSession().isNew()));
        assertThat(browser.body(a, "/new")).isEqualTo("true");
        assertThat(browser.body(b, "/new")).isEqualTo("false");
    }

    @Test
    void lastAccessedTimeIsThatOfThePreviousRequest() throws Exception {
        both("/times", (request, response) -> {
            HttpSession session = request.getSession();
            response.getWriter().print(session.getCreationTime() + " " + session.getLastAccessedTime());
        });
        long created = time.clock().millis();
        assertThat(browser.body(a, "/times")).isEqualTo(created + " " + created);
        time.advance(Duration.ofMinutes(2));
        long second = time.clock().millis();
        assertThat(browser.body(b, "/times")).isEqualTo(created + " " + created);
        time.advance(Duration.ofMinutes(3));
        assertThat(browser.body(a, "/times")).isEqualTo(created + " " + second);
    }

    @Test
    void aSessionExpiresWhenItsTimeoutHasPassed() throws Exception {
        browser.get(a, "/set?name=x&value=1");
        time.advance(Duration.ofMinutes(29));
        assertThat(browser.body(b, "/get?name=x")).isEqualTo("1");
        time.advance(Duration.ofMinutes(30));
        assertThat(browser.body(a, "/get?name=x")).as("exactly the timeout").isEqualTo("1");
        time.advance(Duration.ofMinutes(30).plusMillis(1));
        assertThat(browser.body(b, "/get?name=x")).isEqualTo("none");
    }

    @Test
    void theTimeoutOfOneSessionHoldsOnAllNodes() throws Exception {
        both("/timeout", (request, response) -> {
            request.getSession().setMaxInactiveInterval(Integer.parseInt(request.getParameter("s")));
            response.getWriter().print(request.getSession().getMaxInactiveInterval());
        });
        browser.get(a, "/timeout?s=60");
        time.advance(Duration.ofSeconds(59));
        assertThat(browser.body(b, "/get?name=x")).isEqualTo("null");
        time.advance(Duration.ofSeconds(61));
        assertThat(browser.body(b, "/get?name=x")).isEqualTo("none");

        Browser forever = new Browser();
        forever.get(a, "/timeout?s=0");
        time.setClock(time.now().plus(Duration.ofDays(1000)));
        time.advance(Duration.ofSeconds(20)); // sweeps
        assertThat(forever.body(b, "/get?name=x")).as("zero never expires").isEqualTo("null");
    }

    @Test
    void aRequestThatNeverAsksForTheSessionKeepsItAlive() throws Exception {
        browser.get(a, "/set?name=x&value=1");
        for (int i = 0; i < 4; i++) {
            time.advance(Duration.ofMinutes(20));
            browser.get(i % 2 == 0 ? a : b, "/static");
            Awaitility.await("noted, though nobody waits for it").until(this::isFreshlyAccessed);
        }
        assertThat(browser.body(a, "/get?name=x")).isEqualTo("1");
    }

    private boolean isFreshlyAccessed() {
        IMap<String, SessionRecord> records = cluster.member(0).hazelcast().getMap("sessions");
        SessionRecord record = records.get(requireNonNull(browser.cookie()).substring(0, 20));
        long almostExpired = time.clock().millis() + Duration.ofMinutes(30).toMillis();
        return record != null && !record.isDue(almostExpired, Long.MIN_VALUE);
    }

    @Test
    void anInvalidatedSessionIsGoneEverywhereAndNeverComesBack() throws Exception {
        browser.get(a, "/set?name=x&value=1");
        String old = browser.cookie();
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        both("/late", (request, response) -> {
            HttpSession session = request.getSession();
            opened.countDown();
            await(ended);
            session.setAttribute("x", "back again");
            response.getWriter().print("done");
        });
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<HttpResponse<String>> late =
                    pool.submit(() -> new Browser().with(old).get(b, "/late"));
            await(opened);
            assertThat(browser.body(a, "/invalidate")).isEqualTo("ended");
            ended.countDown();
            assertThat(late.get(10, TimeUnit.SECONDS).statusCode())
                    .as("the innocent late request")
                    .isEqualTo(200);
        } finally {
            pool.shutdownNow();
        }
        assertThat(new Browser().with(old).body(a, "/get?name=x")).isEqualTo("none");
        assertThat(new Browser().with(old).body(b, "/get?name=x")).isEqualTo("none");
    }

    @Test
    void invalidateAndCreateInOneRequestGivesAFreshId() throws Exception {
        browser.get(a, "/set?name=x&value=1");
        String old = browser.cookie();
        both("/swap", (request, response) -> {
            request.getSession().invalidate();
            assertThat(request.getSession(false)).isNull();
            request.getSession().setAttribute("y", "2");
            response.getWriter().print(request.getSession().getId());
        });
        assertThat(browser.body(b, "/swap")).isEqualTo(browser.cookie()).isNotEqualTo(old);
        assertThat(browser.body(a, "/get?name=x")).isEqualTo("null");
        assertThat(browser.body(a, "/get?name=y")).isEqualTo("2");
    }

    @Test
    void everyMethodOfAnInvalidSessionRefuses() throws Exception {
        both("/refuse", (request, response) -> {
            HttpSession session = request.getSession();
            String id = session.getId();
            session.invalidate();
            List<Runnable> calls = List.of(
                    session::invalidate,
                    session::isNew,
                    session::getCreationTime,
                    session::getLastAccessedTime,
                    session::getAttributeNames,
                    () -> session.getAttribute("x"),
                    () -> session.setAttribute("x", "1"),
                    () -> session.removeAttribute("x"));
            int refused = 0;
            for (Runnable each : calls) {
                try {
                    each.run();
                } catch (IllegalStateException expected) {
                    refused++;
                }
            }
            response.getWriter()
                    .print(refused + " of " + calls.size() + session.getId().equals(id));
        });
        assertThat(browser.body(a, "/refuse")).isEqualTo("8 of 8true");
    }

    @Test
    void aChangedIdKeepsTheAttributesAndTheOldOneOpensNothing() throws Exception {
        browser.get(a, "/set?name=x&value=1");
        String old = browser.cookie();
        String fresh = browser.body(b, "/id");
        assertThat(fresh).isEqualTo(browser.cookie()).isNotEqualTo(old);
        assertThat(browser.body(a, "/get?name=x")).isEqualTo("1");

        Browser late = new Browser().with(old);
        assertThat(late.body(a, "/get?name=x")).isEqualTo("none");
        assertThat(late.get(b, "/set?name=x&value=stolen").statusCode()).isEqualTo(200);
        assertThat(late.lastSetCookies())
                .as("a late request must not overwrite the new cookie")
                .isEmpty();
        assertThat(browser.body(a, "/get?name=x")).isEqualTo("1");

        time.advance(Duration.ofSeconds(31));
        late.with(old).get(b, "/set?name=x&value=other");
        assertThat(late.cookie()).as("later it is an unknown id like any other").isNotEqualTo(old);
        assertThat(browser.body(a, "/get?name=x")).isEqualTo("1");
    }

    @Test
    void aWriteThatOverlapsAChangeOfIdIsKept() throws Exception {
        browser.get(a, "/set?name=x&value=1");
        String old = browser.cookie();
        CountDownLatch opened = new CountDownLatch(1);
        CountDownLatch changed = new CountDownLatch(1);
        both("/slow", (request, response) -> {
            HttpSession session = request.getSession();
            opened.countDown();
            await(changed);
            session.setAttribute("slow", "kept");
            response.getWriter().print(session.getId());
        });
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<String> slow = pool.submit(() -> new Browser().with(old).body(b, "/slow"));
            await(opened);
            browser.get(a, "/id");
            changed.countDown();
            assertThat(slow.get(10, TimeUnit.SECONDS))
                    .as("never learns the new id")
                    .isEqualTo(old);
        } finally {
            pool.shutdownNow();
        }
        assertThat(browser.body(a, "/get?name=slow")).isEqualTo("kept");
    }

    @Test
    void twentyConcurrentWritesOfDifferentAttributesAreAllKept() throws Exception {
        browser.get(a, "/set?name=start&value=1");
        String cookie = browser.cookie();
        ExecutorService pool = Executors.newFixedThreadPool(20);
        try {
            for (int round = 0; round < 5; round++) {
                List<Future<HttpResponse<String>>> writes = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    String path = "/set?name=r" + round + "a" + i + "&value=" + i;
                    WebNode node = i % 2 == 0 ? a : b;
                    writes.add(pool.submit(() -> new Browser().with(cookie).get(node, path)));
                }
                for (Future<HttpResponse<String>> each : writes) {
                    assertThat(each.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
                }
                for (int i = 0; i < 20; i++) {
                    assertThat(browser.body(i % 2 == 0 ? b : a, "/get?name=r" + round + "a" + i))
                            .isEqualTo(Integer.toString(i));
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aChangeInsideAnObjectIsStoredWithoutSetAttribute() throws Exception {
        both("/add", (request, response) -> {
            HttpSession session = request.getSession();
            @SuppressWarnings("unchecked")
            List<String> list = (List<String>) session.getAttribute("list");
            if (list == null) {
                list = new ArrayList<>();
                session.setAttribute("list", list);
            }
            list.add(request.getParameter("v"));
            response.getWriter().print(list);
        });
        browser.get(a, "/add?v=1");
        browser.get(b, "/add?v=2");
        assertThat(browser.body(a, "/add?v=3")).isEqualTo("[1, 2, 3]");
        assertThat(browser.body(b, "/get?name=list")).isEqualTo("[1, 2, 3]");
    }

    @Test
    void theSessionIsStoredBeforeTheFirstByteLeaves() throws Exception {
        both("/redirect", (request, response) -> {
            request.getSession().setAttribute("user", request.getParameter("v"));
            response.sendRedirect("/elsewhere");
        });
        both("/error", (request, response) -> {
            request.getSession().setAttribute("user", request.getParameter("v"));
            response.sendError(409);
        });
        both("/flush", (request, response) -> {
            request.getSession().setAttribute("user", request.getParameter("v"));
            response.getWriter().print("x");
            response.flushBuffer();
            checkOnOtherNode(response.getHeader("Set-Cookie"));
        });
        both("/full", (request, response) -> {
            request.getSession().setAttribute("user", request.getParameter("v"));
            for (int i = 0; i < 1000 && !response.isCommitted(); i++) {
                response.getOutputStream().write(new byte[100]);
            }
            seen.add("committed: " + response.isCommitted());
            checkOnOtherNode(response.getHeader("Set-Cookie"));
        });
        both("/length", (request, response) -> {
            request.getSession().setAttribute("user", request.getParameter("v"));
            response.setContentLength(2);
            response.getOutputStream().print("ok");
            checkOnOtherNode(response.getHeader("Set-Cookie"));
        });
        both("/close", (request, response) -> {
            request.getSession().setAttribute("user", request.getParameter("v"));
            response.getWriter().close();
            checkOnOtherNode(response.getHeader("Set-Cookie"));
        });
        for (String path : List.of("/redirect", "/error", "/flush", "/full", "/length", "/close")) {
            Browser fresh = new Browser();
            String value = path.substring(1);
            fresh.get(a, path + "?v=" + value);
            assertThat(fresh.body(b, "/get?name=user")).as(path).isEqualTo(value);
        }
        // The client may have the whole response while the script still looks.
        Awaitility.await()
                .untilAsserted(() -> assertThat(seen)
                        .as("what the other node saw while the response was on its way")
                        .containsExactlyInAnyOrder("flush", "committed: true", "full", "length", "close"));
    }

    private void checkOnOtherNode(String setCookie) {
        String cookie = setCookie.substring(setCookie.indexOf('=') + 1, setCookie.indexOf(';'));
        try {
            seen.add(new Browser().with(cookie).body(b, "/get?name=user"));
        } catch (IOException | InterruptedException failure) {
            seen.add(failure.toString());
        }
    }

    @Test
    void anAsynchronousRequestStoresBeforeItCompletes() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        both("/async", (request, response) -> {
            HttpSession session = request.getSession();
            AsyncContext async = request.startAsync();
            var unused = pool.submit(() -> {
                session.setAttribute("x", "async");
                async.getResponse().getWriter().print("later");
                async.complete();
                return null;
            });
        });
        try {
            assertThat(browser.body(a, "/async")).isEqualTo("later");
            assertThat(browser.body(b, "/get?name=x")).isEqualTo("async");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whatAFailingRequestStoredStaysStored() throws Exception {
        both("/fail", (request, response) -> {
            request.getSession().setAttribute("x", "before the failure");
            throw new IllegalStateException("the application's own");
        });
        assertThat(browser.get(a, "/fail").statusCode()).isEqualTo(500);
        assertThat(browser.body(b, "/get?name=x")).isEqualTo("before the failure");
    }

    @Test
    void aSessionThatWasCreatedAndEndedInOneRequestLeavesNoTrace() throws Exception {
        both("/blink", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            request.getSession().invalidate();
            response.getWriter().print("gone");
        });
        browser.get(a, "/blink");
        assertThat(browser.cookie()).isNull();
        assertThat(cluster.member(0).hazelcast().getMap("sessions").size()).isZero();
    }

    @Test
    void aSessionCannotBeCreatedAfterTheResponseIsCommitted() throws Exception {
        both("/toolate", (request, response) -> {
            response.getWriter().print("x");
            response.flushBuffer();
            try {
                request.getSession();
            } catch (IllegalStateException expected) {
                response.getWriter().print("refused");
            }
        });
        assertThat(browser.body(a, "/toolate")).isEqualTo("xrefused");
        assertThat(browser.cookie()).isNull();
    }

    @Test
    void aValueThatCannotBeStoredIsRefusedAtOnce() throws Exception {
        both("/thread", (request, response) -> {
            try {
                request.getSession().setAttribute("t", Thread.currentThread());
                response.getWriter().print("accepted");
            } catch (IllegalArgumentException expected) {
                response.getWriter().print(expected.getMessage());
            }
        });
        assertThat(browser.body(a, "/thread"))
                .startsWith("session attribute 't' must be serializable, was of ")
                .contains("Thread");
    }

    @Test
    void theNamesOfAllNodesAttributesAreListed() throws Exception {
        both("/names", (request, response) -> {
            Set<String> names = new HashSet<>();
            request.getSession().getAttributeNames().asIterator().forEachRemaining(names::add);
            response.getWriter().print(new TreeSet<>(names));
        });
        both("/remove", (request, response) -> request.getSession().removeAttribute(request.getParameter("name")));
        browser.get(a, "/set?name=one&value=1");
        browser.get(b, "/set?name=two&value=2");
        browser.get(a, "/set?name=three&value=3");
        browser.get(b, "/remove?name=two");
        assertThat(browser.body(a, "/names")).isEqualTo("[one, three]");
    }

    @Test
    void aCrashOfTheOwnerLosesNothingThatWasAnswered() throws Exception {
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Browser each = new Browser();
            each.get(a, "/set?name=x&value=" + i);
            browsers.add(each);
        }
        cluster.kill(0);
        for (int i = 0; i < 40; i++) {
            assertThat(browsers.get(i).body(b, "/get?name=x")).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    @ExpectLog("a session could not be reached")
    void anOutageIsAnswered503AndSaysWhenToComeBack() throws Exception {
        both("/down", (request, response) -> {
            throw new ClusterUnavailableException("the owner does not answer", null);
        });
        HttpResponse<String> response = browser.get(a, "/down");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupt);
        }
    }
}
