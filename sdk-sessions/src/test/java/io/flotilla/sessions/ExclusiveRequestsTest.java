package io.flotilla.sessions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestCluster;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.File;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of which one of a session runs at a time, on two application servers; those below {@code /free} are not. */
@Tag("cluster")
@ExtendWith(CleanSlate.class)
final class ExclusiveRequestsTest {
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Browser browser = new Browser();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private TestCluster cluster;
    private WebNode a;
    private WebNode b;

    @BeforeEach
    void start() throws Exception {
        cluster = TestCluster.of("web")
                .members(2)
                .configure((i, member) -> member.callTimeout(Duration.ofSeconds(5))
                        .install(Sessions.module(s ->
                                s.exclusive(ExclusiveRequestsTest::isExclusive).turnTimeout(TURN_TIMEOUT))))
                .start();
        a = new WebNode(cluster.member(0), folder("a"));
        b = new WebNode(cluster.member(1), folder("b"));
        both("/increment", (request, response) -> {
            HttpSession session = request.getSession();
            enter();
            increment(session);
            inside.decrementAndGet();
        });
        both("/hold", (request, response) -> {
            HttpSession session = request.getSession();
            enter();
            hold();
            increment(session);
            inside.decrementAndGet();
            response.getWriter().print("held");
        });
        both("/free/count", (request, response) -> response.getWriter().print(count(request.getSession(false))));
        both("/count", (request, response) -> response.getWriter().print(count(request.getSession(false))));
    }

    private static boolean isExclusive(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/free");
    }

    @AfterEach
    void stop() throws Exception {
        gate.countDown();
        pool.shutdownNow();
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

    private void enter() {
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
    }

    private void hold() {
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    /** A number that is set and a list that is changed inside, and a moment in between for others to get in. */
    @SuppressWarnings("unchecked") // as stored here
    private static void increment(HttpSession session) {
        Integer before = (Integer) session.getAttribute("n");
        List<Integer> list = (List<Integer>) session.getAttribute("list");
        LockSupport.parkNanos(500_000);
        int now = before == null ? 1 : before + 1;
        session.setAttribute("n", now);
        if (list == null) {
            session.setAttribute("list", new ArrayList<>(List.of(now)));
        } else {
            list.add(now);
        }
    }

    private static String count(@Nullable HttpSession session) {
        return session == null ? "none" : session.getAttribute("n") + " of " + session.getAttribute("list");
    }

    private Future<HttpResponse<String>> later(WebNode node, String path) {
        Browser twin = new Browser().with(browser.cookie());
        return pool.submit(() -> twin.get(node, path));
    }

    private Future<HttpResponse<String>> held(WebNode node) {
        Future<HttpResponse<String>> response = later(node, "/hold");
        await().until(() -> inside.get() == 1);
        return response;
    }

    private static HttpResponse<String> done(Future<HttpResponse<String>> response) throws Exception {
        return response.get(30, TimeUnit.SECONDS);
    }

    private WebNode node(int i) {
        return i % 2 == 0 ? a : b;
    }

    @Test
    void requestsOfASessionRunOneAfterTheOtherOnBothNodes() throws Exception {
        browser.get(a, "/increment");
        List<Future<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            responses.add(later(node(i), "/increment"));
        }
        for (Future<HttpResponse<String>> each : responses) {
            assertThat(done(each).statusCode()).isEqualTo(200);
        }

        assertThat(mostInside).hasValue(1);
        List<Integer> all = new ArrayList<>();
        for (int i = 1; i <= 61; i++) {
            all.add(i);
        }
        assertThat(browser.body(a, "/free/count")).isEqualTo("61 of " + all);
        assertThat(browser.body(b, "/free/count")).isEqualTo("61 of " + all);
    }

    @Test
    void otherRequestsAreNotHeldUp() throws Exception {
        browser.get(a, "/increment");
        Future<HttpResponse<String>> holder = held(a);

        assertThat(browser.body(a, "/free/count")).isEqualTo("1 of [1]");
        assertThat(browser.body(b, "/free/count")).isEqualTo("1 of [1]");
        gate.countDown();
        assertThat(done(holder).body()).isEqualTo("held");
    }

    @Test
    void otherSessionsAreNotHeldUp() throws Exception {
        browser.get(a, "/increment");
        Future<HttpResponse<String>> holder = held(a);
        Browser other = new Browser();
        other.get(a, "/increment");

        assertThat(other.body(b, "/count")).isEqualTo("1 of [1]");
        gate.countDown();
        assertThat(done(holder).body()).isEqualTo("held");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @ExpectLog("answered 503: other exclusive requests had .* longer than sessions.turnTimeout allows .3000 ms")
    void whoeverWaitsTooLongIsAnswered503(int waiterAt) throws Exception {
        browser.get(a, "/increment");
        Future<HttpResponse<String>> holder = held(a);
        HttpResponse<String> response = browser.get(node(waiterAt), "/increment");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
        gate.countDown();
        assertThat(done(holder).body()).isEqualTo("held");
        assertThat(browser.body(node(waiterAt), "/count")).isEqualTo("2 of [1, 2]");
    }

    @Test
    void asynchronousRequestHasItsTurnUntilItIsComplete() throws Exception {
        browser.get(a, "/increment");
        AtomicReference<AsyncContext> async = new AtomicReference<>();
        a.on("/async", (request, response) -> {
            HttpSession session = request.getSession();
            async.set(request.startAsync());
            pool.execute(() -> {
                hold();
                increment(session);
                requireNonNull(async.get()).complete();
            });
        });
        Future<HttpResponse<String>> holder = later(a, "/async");
        await().until(() -> async.get() != null);
        Future<HttpResponse<String>> next = later(a, "/count");
        Future<HttpResponse<String>> other = later(b, "/count");
        assertThat(browser.body(b, "/free/count")).isEqualTo("1 of [1]");
        assertThat(next.isDone() || other.isDone()).isFalse();
        gate.countDown();

        assertThat(done(holder).statusCode()).isEqualTo(200);
        assertThat(done(next).body()).isEqualTo("2 of [1, 2]");
        assertThat(done(other).body()).isEqualTo("2 of [1, 2]");
    }

    @Test
    void errorPageHasATurnToo() throws Exception {
        browser.get(a, "/increment");
        a.errorPage(500, "/page");
        a.on("/throw", (request, response) -> {
            increment(request.getSession());
            throw new IllegalStateException("the application's own");
        });
        a.on("/page", (request, response) -> {
            HttpSession session = request.getSession();
            enter();
            hold();
            increment(session);
            inside.decrementAndGet();
        });
        Future<HttpResponse<String>> failing = later(a, "/throw");
        await().until(() -> inside.get() == 1);
        Future<HttpResponse<String>> next = later(b, "/increment");
        assertThat(browser.body(b, "/free/count")).isEqualTo("2 of [1, 2]");
        assertThat(next.isDone()).isFalse();
        gate.countDown();

        assertThat(done(failing).statusCode()).isEqualTo(500);
        assertThat(done(next).statusCode()).isEqualTo(200);
        assertThat(mostInside).hasValue(1);
        assertThat(browser.body(a, "/count")).isEqualTo("4 of [1, 2, 3, 4]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whoeverWaitsForASessionThatEndsFindsNone(int waiterAt) throws Exception {
        browser.get(a, "/increment");
        a.on("/end", (request, response) -> {
            HttpSession session = request.getSession();
            enter();
            hold();
            session.invalidate();
            inside.decrementAndGet();
        });
        Future<HttpResponse<String>> ending = later(a, "/end");
        await().until(() -> inside.get() == 1);
        Future<HttpResponse<String>> waiting = later(node(waiterAt), "/count");
        gate.countDown();

        assertThat(done(ending).statusCode()).isEqualTo(200);
        assertThat(done(waiting).body()).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whoeverWaitsUnderAnIdThatIsChangedFindsNone(int waiterAt) throws Exception {
        browser.get(a, "/increment");
        a.on("/login", (request, response) -> {
            HttpSession session = request.getSession();
            enter();
            hold();
            String ignored = request.changeSessionId();
            increment(session);
            inside.decrementAndGet();
        });
        Browser changing = new Browser().with(browser.cookie());
        Future<HttpResponse<String>> login = pool.submit(() -> changing.get(a, "/login"));
        await().until(() -> inside.get() == 1);
        Future<HttpResponse<String>> waiting = later(node(waiterAt), "/count");
        gate.countDown();

        assertThat(done(login).statusCode()).isEqualTo(200);
        assertThat(done(waiting).body()).isEqualTo("none");
        assertThat(changing.body(b, "/count")).isEqualTo("2 of [1, 2]");
    }

    @Test
    void newSessionsHaveNobodyToWaitFor() throws Exception {
        Future<HttpResponse<String>> one = held(a);
        Future<HttpResponse<String>> other = later(a, "/hold");
        await().until(() -> inside.get() == 2);
        gate.countDown();

        assertThat(done(one).body() + done(other).body()).isEqualTo("heldheld");
    }

    /** Calls back when an asynchronous request is complete. */
    private record AtTheEnd(Runnable task) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            task.run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    @Test
    void whoeverAsksWhenItsRequestIsOverHoldsUpNobody() throws Exception {
        browser.get(a, "/increment");
        List<String> seen = new CopyOnWriteArrayList<>();
        a.on("/async", (request, response) -> {
            HttpSession unused = request.getSession();
            AsyncContext async = request.startAsync();
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                async.addListener(new AtTheEnd(() -> seen.add(count(request.getSession(false)))));
                async.complete();
            } else {
                async.dispatch();
            }
        });
        assertThat(browser.get(a, "/async").statusCode()).isEqualTo(200);
        await().until(() -> !seen.isEmpty());

        assertThat(seen).containsExactly("1 of [1]");
        assertThat(browser.body(b, "/count")).isEqualTo("1 of [1]");
    }

    @Test
    void errorPageOfAFailingAsynchronousRequestGivesItsTurnBack() throws Exception {
        browser.get(a, "/increment");
        a.errorPage(500, "/page");
        a.on("/throw", (request, response) -> {
            increment(request.getSession());
            request.startAsync();
            throw new IllegalStateException("the application's own");
        });
        a.on("/page", (request, response) -> increment(request.getSession()));
        assertThat(browser.get(a, "/throw").statusCode()).isEqualTo(500);

        assertThat(browser.body(b, "/count")).isEqualTo("3 of [1, 2, 3]");
    }

    @Test
    void errorPageOfAnAsynchronousRequestThatTakesTooLongGivesItsTurnBack() throws Exception {
        browser.get(a, "/increment");
        a.errorPage(500, "/page");
        a.on("/late", (request, response) -> {
            increment(request.getSession());
            request.startAsync().setTimeout(100);
        });
        a.on("/page", (request, response) -> increment(request.getSession()));
        assertThat(browser.get(a, "/late").statusCode()).isEqualTo(500);

        assertThat(browser.body(b, "/count")).isEqualTo("3 of [1, 2, 3]");
    }
}
