package io.flotilla.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.codec.TestCodecs;
import io.flotilla.sessions.internal.store.EndListeners;
import io.flotilla.sessions.internal.store.Housekeeping;
import io.flotilla.sessions.internal.store.SessionRepository;
import io.flotilla.sessions.internal.store.SessionStore;
import io.flotilla.sessions.internal.store.SessionsMetrics;
import io.flotilla.sessions.internal.store.Snapshots;
import io.flotilla.sessions.internal.web.SessionFilter;
import io.flotilla.sessions.internal.web.SessionServices;
import io.flotilla.sessions.internal.web.TestSealer;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.OpenReply;
import io.flotilla.sessions.internal.wire.SecretHash;
import io.flotilla.sessions.internal.wire.SessionProtocol;
import io.flotilla.sessions.internal.wire.SessionProtocol.Outcome;
import io.flotilla.sessions.internal.wire.SessionRecord;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.spi.Requests;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seldom walked ways of a request through Tomcat: dispatches, asynchronous ends, full buffers, failures at the last step. */
@ExtendWith(CleanSlate.class)
class SessionEdgesTest {
    @TempDir
    Path directory;

    private final TestTime time = new TestTime();
    private final OneOwner owner = new OneOwner(time);
    private final Counted requests = new Counted();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final Browser browser = new Browser();
    private WebNode node;

    @BeforeEach
    void start() throws Exception {
        File folder = directory.toFile();
        node = new WebNode(this::register, folder);
        node.on(
                "/set",
                (request, response) ->
                        request.getSession().setAttribute(request.getParameter("name"), request.getParameter("value")));
        node.on("/get", (request, response) -> {
            HttpSession session = request.getSession(false);
            response.getWriter().print(session == null ? "none" : session.getAttribute(request.getParameter("name")));
        });
    }

    private void register(ServletContext context) {
        if (context.getSessionTimeout() == 30) {
            context.setSessionTimeout(Integer.MAX_VALUE); // minutes, more than an int has seconds
        }
        SessionsMetrics metrics = new SessionsMetrics(new SimpleMeterRegistry());
        SessionRepository repository = new SessionRepository(
                owner, new Snapshots(1 << 20, time.ticker()), metrics, Duration.ofSeconds(5), time.ticker());
        FilterRegistration.Dynamic filter = context.addFilter(
                "sessions",
                new SessionFilter(new SessionServices(
                        new SessionsBuilder().build(),
                        repository,
                        new EndListeners(),
                        new Housekeeping(),
                        requests,
                        metrics,
                        TestCodecs.QUARANTINE,
                        TestSealer.INSTANCE,
                        time.clock(),
                        time.ticker())));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    @AfterEach
    void stop() throws Exception {
        try {
            Awaitility.await("no request is in flight any more").untilAsserted(() -> {
                assertThat(requests.entered).hasValueGreaterThan(0);
                assertThat(requests.left).hasValue(requests.entered.get());
            });
            assertThat(node.containerSessions()).isEmpty();
        } finally {
            node.close();
            pool.shutdownNow();
        }
    }

    @Test
    void aProbeIsNotCountedAmongTheRequestsThatADrainWaitsFor() throws Exception {
        node.on("/probe", (request, response) -> response.getWriter().print("ready"));
        browser.body(node, "/set?name=a&value=1");

        requests.counting = false; // the node of this test has one servlet for all paths
        assertThat(browser.body(node, "/probe")).isEqualTo("ready");

        assertThat(requests.entered).hasValue(1);
    }

    private String stored(String name) throws IOException, InterruptedException {
        return browser.body(node, "/get?name=" + name);
    }

    /** What another request sees at this moment. */
    private String seenElsewhere(HttpSession session, String name) {
        try {
            return new Browser().with(session.getId()).body(node, "/get?name=" + name);
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void aTimeoutOfMoreSecondsThanAnIntHoldsIsTheLongestThereIs() throws Exception {
        node.on(
                "/timeout",
                (request, response) ->
                        response.getWriter().print(request.getSession().getMaxInactiveInterval()));
        assertThat(browser.body(node, "/timeout")).isEqualTo(Integer.toString(Integer.MAX_VALUE));
    }

    // Dispatches

    @Test
    void aSessionThatTheTargetOfAForwardCreatesGetsItsCookie() throws Exception {
        node.on("/target", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            response.getWriter().print("page");
        });
        node.on(
                "/forward",
                (request, response) -> request.getRequestDispatcher("/target").forward(request, response));
        assertThat(browser.body(node, "/forward")).isEqualTo("page");
        assertThat(browser.lastSetCookies()).hasSize(1);
        assertThat(stored("x")).isEqualTo("1");
    }

    @Test
    void aChangeOfIdInTheTargetOfAForwardReachesTheClient() throws Exception {
        browser.get(node, "/set?name=x&value=1");
        String old = browser.cookie();
        node.on("/target", (request, response) -> response.getWriter().print(request.changeSessionId()));
        node.on(
                "/forward",
                (request, response) -> request.getRequestDispatcher("/target").forward(request, response));
        assertThat(browser.body(node, "/forward")).isEqualTo(browser.cookie()).isNotEqualTo(old);
        assertThat(stored("x")).isEqualTo("1");
    }

    @Test
    void anIncludeMayCreateTheSessionAndTheIncludingOneGoesOn() throws Exception {
        node.on("/part", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            response.getWriter().print("part ");
            response.sendError(500); // ignored, as anything that an include does to headers and status
        });
        node.on("/include", (request, response) -> {
            request.getRequestDispatcher("/part").include(request, response);
            request.getSession().setAttribute("y", "2");
            response.getWriter().print("rest");
        });
        assertThat(browser.body(node, "/include")).isEqualTo("part rest");
        assertThat(browser.lastSetCookies()).hasSize(1);
        assertThat(stored("x") + stored("y")).isEqualTo("12");
    }

    @Test
    void aResetInAnIncludeIsIgnoredByTheContainerAndDoesNotHideAFullBuffer() throws Exception {
        node.on("/part", (request, response) -> response.resetBuffer());
        node.on("/include", (request, response) -> {
            response.setContentType("text/plain;charset=UTF-8");
            HttpSession session = request.getSession();
            response.getWriter().print("a".repeat(7000));
            request.getRequestDispatcher("/part").include(request, response);
            session.setAttribute("x", "1");
            fill(response);
            seen.add(seenElsewhere(session, "x"));
        });
        browser.get(node, "/include");
        Awaitility.await().untilAsserted(() -> assertThat(seen).containsExactly("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/throw"})
    void anErrorPageHasTheSession(String path) throws Exception {
        node.errorPage(409, "/page");
        node.errorPage(500, "/page");
        node.on("/status", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            response.sendError(409);
        });
        node.on("/throw", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            throw new IllegalStateException("the application's own");
        });
        node.on("/page", (request, response) -> {
            HttpSession session = request.getSession();
            response.getWriter().print(session.getAttribute("x"));
            session.setAttribute("y", "2");
        });
        assertThat(browser.body(node, path)).isEqualTo("1");
        assertThat(browser.lastSetCookies()).hasSize(1);
        assertThat(stored("x") + stored("y")).isEqualTo("12");
    }

    @Test
    void anErrorPageMayCreateTheSession() throws Exception {
        node.errorPage(409, "/page");
        node.on("/status", (request, response) -> response.sendError(409));
        node.on("/page", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            response.getWriter().print("page");
        });
        assertThat(browser.body(node, "/status")).isEqualTo("page");
        assertThat(stored("x")).isEqualTo("1");
    }

    // Asynchronous requests

    @Test
    void theTargetOfAnAsynchronousDispatchStoresBeforeTheResponse() throws Exception {
        node.on("/target", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            response.getWriter().print("page");
        });
        node.on("/async", (request, response) -> {
            AsyncContext async = request.startAsync();
            pool.execute(() -> async.dispatch("/target"));
        });
        assertThat(browser.body(node, "/async")).isEqualTo("page");
        assertThat(browser.lastSetCookies()).hasSize(1);
        assertThat(stored("x")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/throw"})
    void anAsynchronousDispatchThatEndsInAnErrorIsCountedOnce(String path) throws Exception {
        node.on("/status", (request, response) -> response.sendError(500));
        node.on("/throw", (request, response) -> {
            throw new IllegalStateException("the application's own");
        });
        node.on("/async", (request, response) -> request.startAsync().dispatch(path));
        assertThat(browser.get(node, "/async").statusCode()).isEqualTo(500);
    }

    @Test
    void severalAsynchronousCyclesAreOneRequest() throws Exception {
        node.on("/again", (request, response) -> {
            HttpSession session = request.getSession();
            Integer turn = (Integer) session.getAttribute("turn");
            int next = turn == null ? 1 : turn + 1;
            session.setAttribute("turn", next);
            if (next < 4) {
                AsyncContext async = request.startAsync(request, response);
                async.start(async::dispatch);
            } else {
                response.getWriter().print("turn " + next);
            }
        });
        assertThat(browser.body(node, "/again")).isEqualTo("turn 4");
        assertThat(stored("turn")).isEqualTo("4");
        assertThat(requests.mostAtOnce).hasValue(1);
    }

    @Test
    void whatAListenerStoresBeforeItCompletesIsKept() throws Exception {
        node.on("/timeout", (request, response) -> {
            HttpSession session = request.getSession();
            AsyncContext async = request.startAsync();
            async.setTimeout(1);
            async.addListener(new OnTimeout(event -> {
                session.setAttribute("x", "timed out");
                event.getAsyncContext().getResponse().getWriter().print("late");
                event.getAsyncContext().complete();
            }));
        });
        assertThat(browser.body(node, "/timeout")).isEqualTo("late");
        assertThat(stored("x")).isEqualTo("timed out");
    }

    @Test
    void whatWasStoredBeforeNobodyCompletedIsKept() throws Exception {
        node.on("/forgotten", (request, response) -> {
            HttpSession session = request.getSession();
            AsyncContext async = request.startAsync();
            async.setTimeout(1);
            async.addListener(new OnTimeout(event -> session.setAttribute("x", "forgotten")));
        });
        assertThat(browser.get(node, "/forgotten").statusCode()).isEqualTo(500);
        assertThat(stored("x")).isEqualTo("forgotten");
    }

    @Test
    void anAsynchronousRequestThatFailsIsOver() throws Exception {
        node.on("/fail", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            request.startAsync();
            throw new IllegalStateException("the application's own");
        });
        assertThat(browser.get(node, "/fail").statusCode()).isEqualTo(500);
    }

    @Test
    void anAsynchronousRequestThatIsCompleteBeforeItReturnsIsOver() throws Exception {
        node.on("/quick", (request, response) -> {
            AsyncContext async = request.startAsync();
            request.getSession().setAttribute("x", "1");
            response.getWriter().print("quick");
            async.complete();
        });
        assertThat(browser.body(node, "/quick")).isEqualTo("quick");
        assertThat(stored("x")).isEqualTo("1");
    }

    @Test
    void aNonBlockingResponseStoresBeforeItsFirstByte() throws Exception {
        node.on("/nonblocking", (request, response) -> {
            HttpSession session = request.getSession();
            session.setAttribute("x", "1");
            AsyncContext async = request.startAsync();
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new WriteListener() {
                @Override
                public void onWritePossible() throws IOException {
                    while (!response.isCommitted()) {
                        if (!out.isReady()) {
                            return;
                        }
                        out.write(ByteBuffer.wrap(new byte[1000]));
                    }
                    if (!out.isReady()) {
                        return;
                    }
                    seen.add(seenElsewhere(session, "x"));
                    async.complete();
                }

                @Override
                public void onError(Throwable failure) {
                    seen.add(failure);
                }
            });
        });
        browser.get(node, "/nonblocking");
        Awaitility.await().untilAsserted(() -> assertThat(seen).containsExactly("1"));
        assertThat(stored("x")).isEqualTo("1");
    }

    // The response's ways out

    /** Writes until the container sends the first part. */
    private static void fill(HttpServletResponse response) throws IOException {
        while (!response.isCommitted()) {
            response.getWriter().print("b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-8", "UTF-16", "ISO-2022-JP"})
    void whatIsStoredWhileTheBufferFillsIsThereWhenItOverflows(String charset) throws Exception {
        node.on("/full", (request, response) -> {
            response.setContentType("text/plain;charset=" + charset);
            HttpSession session = request.getSession();
            session.setAttribute("x", "early");
            response.getWriter().print("a".repeat(3000));
            session.setAttribute("x", "late");
            fill(response);
            seen.add(seenElsewhere(session, "x"));
        });
        browser.get(node, "/full");
        Awaitility.await().untilAsserted(() -> assertThat(seen).containsExactly("late"));
    }

    @Test
    void aBufferThatFillsCharacterByCharacterIsCommittedAFewTimesOnly() throws Exception {
        node.on("/slowly", (request, response) -> {
            response.setContentType("text/plain;charset=UTF-8");
            HttpSession session = request.getSession();
            for (int i = 0; !response.isCommitted(); i++) {
                session.setAttribute("i", i);
                response.getWriter().print("a");
            }
        });
        browser.get(node, "/slowly");
        assertThat(owner.commits).hasValueBetween(1, 10);
    }

    @Test
    void everyMethodOfTheWriterCounts() throws Exception {
        node.on("/writer", (request, response) -> {
            HttpSession session = request.getSession();
            PrintWriter out = response.getWriter();
            out.println(1);
            out.format("%d", 2).append('3').append("4").print(new char[] {'5'});
            session.setAttribute("x", "1");
            seen.add(out.checkError()); // flushes
            seen.add(response.isCommitted());
            seen.add(seenElsewhere(session, "x"));
            out.close();
            out.print("after the end");
        });
        assertThat(browser.body(node, "/writer")).isEqualTo(1 + System.lineSeparator() + "2345");
        assertThat(seen).containsExactly(false, true, "1");
    }

    @Test
    void aHeadRequestStoresToo() throws Exception {
        node.on("/head", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            fill(response);
            // Asked of the owner itself: a client may use the connection again while this request still runs.
            seen.add(owner.commits.get());
        });
        assertThat(browser.head(node, "/head").statusCode()).isEqualTo(200);
        Awaitility.await().untilAsserted(() -> assertThat(seen).containsExactly(1));
        assertThat(stored("x")).isEqualTo("1");
    }

    @Test
    void aResetAfterTheSessionWasStoredDoesNotLoseItsCookie() throws Exception {
        node.on("/reset", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            response.getOutputStream().write(new byte[response.getBufferSize()]);
            response.reset();
            response.getWriter().print("anew");
        });
        assertThat(browser.body(node, "/reset")).isEqualTo("anew");
        assertThat(stored("x")).isEqualTo("1");
    }

    @Test
    void everyRedirectStores() throws Exception {
        node.on("/redirect", (request, response) -> {
            HttpSession session = request.getSession();
            session.setAttribute("x", request.getParameter("n"));
            switch (request.getParameter("n")) {
                case "1" -> response.sendRedirect("/there");
                case "2" -> response.sendRedirect("/there", 307);
                case "3" -> response.sendRedirect("/there", false);
                default -> response.sendRedirect("/there", 308, false);
            }
            seen.add(seenElsewhere(session, "x"));
        });
        for (int i = 1; i <= 4; i++) {
            browser.get(node, "/redirect?n=" + i);
        }
        assertThat(seen).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aSecondCommitStoresWhatCameAfterTheFirst() throws Exception {
        node.on("/twice", (request, response) -> {
            HttpSession session = request.getSession();
            List<String> list = new ArrayList<>(List.of("first"));
            session.setAttribute("list", list);
            session.setAttribute("removed", "1");
            session.setAttribute("reset", "1");
            session.setAttribute("null", "1");
            response.flushBuffer();
            list.add("second");
            session.removeAttribute("removed");
            session.removeAttribute("reset");
            session.setAttribute("reset", "2");
            session.setAttribute("null", null);
            response.flushBuffer();
            seen.add(seenElsewhere(session, "list"));
            list.add("third");
            session.setAttribute("removed", "again");
        });
        browser.get(node, "/twice");
        Awaitility.await().untilAsserted(() -> assertThat(stored("list")).isEqualTo("[first, second, third]"));
        assertThat(seen).containsExactly("[first, second]");
        assertThat(List.of(stored("removed"), stored("reset"), stored("null"))).containsExactly("again", "2", "null");
        assertThat(browser.lastSetCookies()).isEmpty();
    }

    @Test
    void nothingIsStoredTwiceWhenNothingChangedInBetween() throws Exception {
        node.on("/once", (request, response) -> {
            request.getSession().setAttribute("list", new ArrayList<>(List.of("1")));
            response.flushBuffer();
            response.getWriter().print("x");
            response.getWriter().close();
        });
        browser.get(node, "/once");
        Awaitility.await().untilAsserted(() -> assertThat(requests.left).hasValue(requests.entered.get()));
        assertThat(owner.commits).hasValue(1);
        assertThat(browser.lastSetCookies()).hasSize(1);
    }

    // Ids

    @Test
    void anIdMayBeChangedBeforeTheSessionIsStored() throws Exception {
        node.on("/login", (request, response) -> {
            HttpSession session = request.getSession();
            String first = session.getId();
            session.setAttribute("x", "1");
            seen.add(request.changeSessionId().equals(first));
            seen.add(session.isNew());
            response.getWriter().print(session.getId());
        });
        assertThat(browser.body(node, "/login")).isEqualTo(browser.cookie());
        assertThat(browser.lastSetCookies()).hasSize(1);
        assertThat(stored("x")).isEqualTo("1");
        assertThat(seen).containsExactly(false, true);
    }

    @Test
    void anIdChangedBeforeTheSessionEndsOpensNothing() throws Exception {
        browser.get(node, "/set?name=x&value=1");
        String old = browser.cookie();
        node.on("/logout", (request, response) -> {
            String fresh = request.changeSessionId();
            request.getSession().invalidate();
            response.getWriter().print(fresh);
        });
        String fresh = browser.body(node, "/logout");
        assertThat(browser.lastSetCookies()).isEmpty();
        for (String each : List.of(old, fresh)) {
            assertThat(new Browser().with(each).body(node, "/get?name=x")).isEqualTo("none");
        }
    }

    @Test
    void theRequestedIdIsNotValidOnceItsSessionHasEnded() throws Exception {
        browser.get(node, "/set?name=x&value=1");
        node.on("/swap", (request, response) -> {
            seen.add(request.isRequestedSessionIdValid());
            request.getSession().invalidate();
            seen.add(request.isRequestedSessionIdValid());
            request.getSession();
            seen.add(request.isRequestedSessionIdValid());
        });
        browser.get(node, "/swap");
        assertThat(seen).containsExactly(true, false, false);
    }

    @Test
    void theLivingOneOfSeveralCookiesIsFound() throws Exception {
        browser.get(node, "/set?name=x&value=1");
        String good = browser.cookie();
        String unknown = "A".repeat(44);
        for (String each : List.of(
                unknown + "; JSESSIONID=" + good,
                good + "; JSESSIONID=" + unknown,
                "%00; JSESSIONID=" + "x".repeat(4000) + "; JSESSIONID=; JSESSIONID=" + good)) {
            assertThat(new Browser().with(each).body(node, "/get?name=x"))
                    .as(each)
                    .isEqualTo("1");
        }
    }

    // Failures

    private static final class Hidden implements Serializable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings({"serial", "unused"}) // the point
        private final Object notSerializable = new Object();
    }

    @Test
    void aValueThatTurnsOutNotToBeSerializableFailsTheRequestAndItsErrorPageIsShown() throws Exception {
        node.errorPage(500, "/page");
        node.on("/page", (request, response) -> response.getWriter().print("our error page"));
        node.on("/hidden", (request, response) -> {
            request.getSession().setAttribute("x", new Hidden());
            response.getWriter().print("never seen");
            response.flushBuffer();
        });
        HttpResponse<String> response = browser.get(node, "/hidden");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("our error page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/end", "/flush", "/forward", "/asyncdispatch", "/asynccomplete", "/page"})
    @ExpectLog("a session could not be reached")
    void anOwnerThatDoesNotAnswerLeavesNoHalfDoneResponse(String path) throws Exception {
        WebNode.Script end = (request, response) -> {
            response.setHeader("Cache-Control", "public, max-age=31536000");
            response.setContentLength(8);
            request.getSession().setAttribute("x", "1");
            owner.down = true;
            response.getWriter().print("half");
        };
        node.on("/end", end);
        node.on("/flush", (request, response) -> {
            end.run(request, response);
            response.flushBuffer();
        });
        node.on(
                "/forward",
                (request, response) -> request.getRequestDispatcher("/end").forward(request, response));
        node.on("/asyncdispatch", (request, response) -> request.startAsync().dispatch("/end"));
        node.on("/asynccomplete", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                try {
                    end.run((HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse());
                } catch (IOException | jakarta.servlet.ServletException failure) {
                    seen.add(failure);
                }
                try {
                    async.complete();
                } catch (ClusterUnavailableException expected) {
                    seen.add("told");
                }
            });
        });
        node.on("/page", (request, response) -> {
            node.errorPage(503, "/sorry");
            end.run(request, response);
        });
        node.on("/sorry", (request, response) -> response.getWriter().print("sorry"));
        HttpResponse<String> response = browser.get(node, path);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(response.headers().firstValue("Cache-Control")).isEmpty();
        assertThat(response.body()).doesNotContain("half");
        if (path.equals("/page")) {
            assertThat(response.body()).isEqualTo("sorry");
        }
        assertThat(browser.lastSetCookies()).isEmpty();
    }

    private interface Late {
        void happens(AsyncEvent event) throws IOException;
    }

    private record OnTimeout(Late late) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            late.happens(event);
        }

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    private static final class Counted implements Requests {
        private final AtomicInteger entered = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();
        private volatile boolean counting = true;

        @Override
        public void ignore(String servletPath) {}

        @Override
        public boolean counts(String servletPath) {
            return counting;
        }

        @Override
        public void entered() {
            int now = entered.incrementAndGet() - left.get();
            mostAtOnce.accumulateAndGet(now, Math::max);
        }

        @Override
        public void left() {
            left.incrementAndGet();
        }

        @Override
        public int inFlight() {
            return entered.get() - left.get();
        }

        @Override
        public Duration idleFor() {
            return Duration.ZERO;
        }
    }

    /** One owner for all sessions in this JVM, which the test can cut off. */
    private static final class OneOwner implements SessionStore {
        private final Map<String, SessionRecord> records = new ConcurrentHashMap<>();
        private final AtomicInteger commits = new AtomicInteger();
        private final AtomicInteger tags = new AtomicInteger();
        private final TestTime time;
        private volatile boolean down;

        OneOwner(TestTime time) {
            this.time = time;
        }

        @Override
        public OpenReply open(String key, SecretHash secretHash, Version have) {
            return step(key, record -> SessionProtocol.open(record, secretHash, have.tag(), now(), Long.MIN_VALUE));
        }

        @Override
        public OpenReply openInTurn(String key, SecretHash secretHash, Version have, long token, boolean last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> keepTurn(String key, long token, long number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> giveTurnBack(String key, long token) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CommitReply commit(String key, Commit commit) {
            commits.incrementAndGet();
            return step(key, record -> SessionProtocol.commit(record, commit, now(), tag(), Long.MIN_VALUE));
        }

        @Override
        public boolean invalidate(String key, long operation) {
            return step(key, record -> SessionProtocol.invalidate(record, operation, now()))
                    .isEnd();
        }

        @Override
        public void abandon(String key, long operation) {}

        @Override
        public void touch(String key, SecretHash secretHash) {}

        private synchronized <R> R step(String key, Function<@Nullable SessionRecord, Outcome<R>> step) {
            if (down) {
                throw new ClusterUnavailableException("the owner does not answer", null);
            }
            Outcome<R> outcome = step.apply(records.get(key));
            if (outcome.stored() != null) {
                records.put(key, outcome.stored());
            }
            return outcome.reply();
        }

        private long now() {
            return time.clock().millis();
        }

        private long tag() {
            return tags.incrementAndGet();
        }
    }
}
