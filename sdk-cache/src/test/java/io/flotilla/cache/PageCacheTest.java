package io.flotilla.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pages over two application servers: a request may go to either. */
@Tag("cluster")
@ExtendWith(CleanSlate.class)
final class PageCacheTest {
    private static final String LONG = "all work and no play ".repeat(200);

    @TempDir
    Path directory;

    private final TestTime time = new TestTime();
    private final AtomicInteger calls = new AtomicInteger();
    private TestCluster cluster;
    private PageNode a;
    private PageNode b;

    @BeforeEach
    void start() throws Exception {
        cluster = TestCluster.of("pages")
                .members(2)
                .time(time)
                .configure((i, member) -> member.install(Caches.module()))
                .start();
        a = node(0);
        b = node(1);
    }

    private PageCache pages(int i) {
        return cluster.member(i)
                .get(Caches.class)
                .pageCache(
                        "pages",
                        pages -> pages.anyHost()
                                .maxBodySize(100_000)
                                .queryAllBut("from")
                                .notStorableFor(Duration.ofSeconds(20)));
    }

    private PageNode node(int i) throws Exception {
        File folder = directory.resolve("node-" + i).toFile();
        assertThat(folder.mkdir()).isTrue();
        return new PageNode(context -> pages(i).register(context, "/*"), folder);
    }

    @AfterEach
    void stop() throws Exception {
        a.close();
        b.close();
        cluster.close();
    }

    private void both(String path, PageNode.Script script) {
        PageNode.Script counted = (request, response) -> {
            calls.incrementAndGet();
            script.run(request, response);
        };
        a.on(path, counted);
        b.on(path, counted);
    }

    private void page(String path, String control, String text) {
        both(path, (request, response) -> text(response, control, text));
    }

    private static void text(HttpServletResponse response, String control, String text) throws IOException {
        response.setContentType("text/plain;charset=utf-8");
        response.setHeader("Cache-Control", control);
        response.getWriter().write(text);
    }

    private static String body(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }

    private static String field(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("none");
    }

    private static String cache(HttpResponse<byte[]> response) {
        return field(response, "X-Cache");
    }

    @Test
    void whatOneNodeHasMadeTheOtherServes() throws Exception {
        page("/p", "max-age=60", "grüße");

        HttpResponse<byte[]> made = a.get("/p");
        time.advance(Duration.ofSeconds(7));
        HttpResponse<byte[]> stored = b.get("/p");

        assertThat(cache(made)).isEqualTo("MISS");
        assertThat(cache(stored)).isEqualTo("HIT");
        assertThat(body(made)).isEqualTo("grüße");
        assertThat(body(stored)).isEqualTo("grüße");
        assertThat(field(made, "Age")).isEqualTo("none");
        assertThat(field(stored, "Age")).isEqualTo("7");
        assertThat(field(stored, "Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(field(stored, "Date")).isEqualTo("Thu, 01 Jan 2026 00:00:00 GMT");
        assertThat(field(stored, "ETag")).matches("\"[\\w-]{24}\"").isEqualTo(field(made, "ETag"));
        assertThat(calls).hasValue(1);
    }

    @Test
    void aStalePageIsMadeAnew() throws Exception {
        page("/p", "max-age=60", "text");
        a.get("/p");
        time.advance(Duration.ofSeconds(59));
        assertThat(cache(b.get("/p"))).isEqualTo("HIT");
        time.advance(Duration.ofSeconds(1));
        assertThat(cache(b.get("/p"))).isEqualTo("MISS");
        assertThat(cache(a.get("/p"))).isEqualTo("HIT");
        assertThat(calls).hasValue(2);
    }

    @Test
    void withoutFreshnessNothingIsStored() throws Exception {
        both("/p", (request, response) -> response.getWriter().write("text"));
        assertThat(cache(a.get("/p"))).isEqualTo("MISS");
        assertThat(cache(a.get("/p"))).isEqualTo("MISS");
        assertThat(calls).hasValue(2);
    }

    @Test
    void cookiesAndSessionsAreNeverStored() throws Exception {
        both("/cookie", (request, response) -> {
            response.addCookie(new Cookie("mine", "1"));
            text(response, "public, max-age=60", "text");
        });
        both("/field", (request, response) -> {
            response.addHeader("Set-Cookie", "mine=1");
            text(response, "public, max-age=60", "text");
        });
        both("/session", (request, response) -> {
            request.getSession();
            text(response, "public, max-age=60", "text");
        });
        for (String path : List.of("/cookie", "/field", "/session")) {
            for (int i = 0; i < 2; i++) {
                HttpResponse<byte[]> response = a.get(path);
                assertThat(cache(response)).as(path).isEqualTo("MISS");
                assertThat(field(response, "Set-Cookie")).as(path).isNotEqualTo("none");
                assertThat(body(response)).as(path).isEqualTo("text");
            }
        }
        assertThat(calls).hasValue(6);
    }

    @Test
    void rfc9111Section35AuthorizedRequestsGetOnlyWhatIsForAll() throws Exception {
        page("/some", "max-age=60", "text");
        page("/all", "public, max-age=60", "text");
        String[] authorized = {"Authorization", "Basic eDp5"};

        assertThat(cache(a.get("/some", authorized))).isEqualTo("MISS");
        assertThat(cache(a.get("/some"))).isEqualTo("MISS");
        assertThat(cache(a.get("/some"))).isEqualTo("HIT");
        assertThat(cache(a.get("/some", authorized))).isEqualTo("MISS");
        assertThat(cache(a.get("/all", authorized))).isEqualTo("MISS");
        assertThat(cache(b.get("/all", authorized))).isEqualTo("HIT");
    }

    @Test
    void rfc9111Section41VariantsHavePagesOfTheirOwn() throws Exception {
        both("/p", (request, response) -> {
            response.setHeader("Vary", "Accept-Language");
            text(response, "max-age=60", "in " + request.getHeader("Accept-Language"));
        });
        for (PageNode node : List.of(a, b)) {
            assertThat(body(node.get("/p", "Accept-Language", "de, en"))).isEqualTo("in de, en");
            assertThat(body(node.get("/p", "Accept-Language", "fr"))).isEqualTo("in fr");
        }
        assertThat(cache(b.get("/p", "Accept-Language", "de,en"))).isEqualTo("HIT");
        assertThat(calls).hasValue(2);
        assertThat(a.send("POST", "/p").statusCode()).isEqualTo(200);
        assertThat(cache(b.get("/p", "Accept-Language", "fr"))).isEqualTo("MISS");
        assertThat(cache(b.get("/p", "Accept-Language", "de, en"))).isEqualTo("MISS");
    }

    @Test
    void aPageThatDependsOnMoreThanBeforeIsNotMixedUp() throws Exception {
        both("/p", (request, response) -> {
            boolean more = request.getHeader("Accept") != null;
            response.setHeader("Vary", more ? "Accept, Accept-Language" : "Accept-Language");
            text(response, "max-age=60", request.getHeader("Accept") + " " + request.getHeader("Accept-Language"));
        });
        a.get("/p", "Accept-Language", "fr");
        assertThat(body(a.get("/p", "Accept-Language", "de", "Accept", "text/html")))
                .isEqualTo("text/html de");
        assertThat(body(a.get("/p", "Accept-Language", "de", "Accept", "text/plain")))
                .isEqualTo("text/plain de");
        assertThat(body(b.get("/p", "Accept-Language", "de", "Accept", "text/html")))
                .isEqualTo("text/html de");
        assertThat(body(b.get("/p", "Accept-Language", "de", "Accept", "text/plain")))
                .isEqualTo("text/plain de");
    }

    @Test
    void rfc9111Section44AChangeMakesThePageVoid() throws Exception {
        AtomicInteger status = new AtomicInteger(204);
        both("/p", (request, response) -> {
            if (request.getMethod().equals("GET")) {
                text(response, "max-age=60", "text");
            } else {
                response.setStatus(status.get());
            }
        });
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            a.get("/p");
            status.set(500);
            b.send(method, "/p");
            assertThat(cache(a.get("/p"))).isEqualTo("HIT");
            status.set(204);
            b.send(method, "/p");
            assertThat(cache(b.get("/p"))).isEqualTo("MISS");
        }
    }

    @Test
    void requestsSayWhatTheyWant() throws Exception {
        page("/p", "max-age=60", "text");
        assertThat(a.get("/p", "Cache-Control", "only-if-cached").statusCode()).isEqualTo(504);
        a.get("/p");
        assertThat(cache(a.get("/p", "Cache-Control", "only-if-cached"))).isEqualTo("HIT");
        time.advance(Duration.ofSeconds(10));
        assertThat(cache(a.get("/p", "Cache-Control", "max-age=10"))).isEqualTo("HIT");
        assertThat(cache(a.get("/p", "Cache-Control", "max-age=9"))).isEqualTo("MISS");
        assertThat(field(b.get("/p"), "Age")).as("what was made anew is stored").isEqualTo("0");
        assertThat(cache(a.get("/p", "Cache-Control", "no-cache"))).isEqualTo("MISS");
        assertThat(cache(a.get("/p", "Pragma", "no-cache"))).isEqualTo("MISS");
        assertThat(cache(a.get("/p", "Cache-Control", "min-fresh=61"))).isEqualTo("MISS");
        assertThat(cache(a.get("/other", "Cache-Control", "no-store"))).isEqualTo("MISS");
        assertThat(calls).hasValue(5);
    }

    @Test
    void whoHasThePageGetsNoneAgain() throws Exception {
        both("/p", (request, response) -> {
            response.setHeader("Last-Modified", "Wed, 31 Dec 2025 00:00:00 GMT");
            response.setHeader("X-Other", "1");
            text(response, "max-age=60", "text");
        });
        HttpResponse<byte[]> whole = a.get("/p");

        HttpResponse<byte[]> same = b.get("/p", "If-None-Match", "\"x\", " + field(whole, "ETag"));
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(field(same, "ETag")).isEqualTo(field(whole, "ETag"));
        assertThat(field(same, "Cache-Control")).isEqualTo("max-age=60");
        assertThat(field(same, "Date")).isEqualTo(field(whole, "Date"));
        assertThat(field(same, "X-Other")).isEqualTo("none");
        assertThat(b.get("/p", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
        assertThat(b.get("/p", "If-Modified-Since", "Wed, 31 Dec 2025 00:00:00 GMT")
                        .statusCode())
                .isEqualTo(304);
        assertThat(b.get("/p", "If-Modified-Since", "Tue, 30 Dec 2025 00:00:00 GMT")
                        .statusCode())
                .isEqualTo(200);
        time.advance(Duration.ofMinutes(2));
        assertThat(b.get("/p", "If-None-Match", field(whole, "ETag")).statusCode())
                .as("also when it had to be made anew")
                .isEqualTo(304);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aPageIsStoredCompressedAndServedAsTheClientLikesIt() throws Exception {
        page("/p", "max-age=60", LONG);

        HttpResponse<byte[]> plain = a.get("/p");
        HttpResponse<byte[]> zipped = b.get("/p", "Accept-Encoding", "br, gzip");

        assertThat(body(plain)).isEqualTo(LONG);
        assertThat(field(plain, "Content-Encoding")).isEqualTo("none");
        assertThat(field(zipped, "Content-Encoding")).isEqualTo("gzip");
        assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes(), UTF_8))
                .isEqualTo(LONG);
        assertThat(field(plain, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(field(zipped, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(field(zipped, "ETag")).isNotEqualTo(field(plain, "ETag"));
        assertThat(body(b.get("/p", "Accept-Encoding", "gzip;q=0"))).isEqualTo(LONG);
        assertThat(calls).hasValue(1);
    }

    @Test
    void headIsAnsweredFromWhatGetHasStored() throws Exception {
        page("/p", "max-age=60", "text");
        assertThat(cache(a.send("HEAD", "/p"))).isEqualTo("MISS");
        a.get("/p");
        HttpResponse<byte[]> head = b.send("HEAD", "/p");
        assertThat(cache(head)).isEqualTo("HIT");
        assertThat(field(head, "Content-Length")).isEqualTo("4");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void theOrderOfParametersMakesNoDifference() throws Exception {
        page("/p", "max-age=60", "text");
        a.get("/p?b=2&a=1&from=x");
        assertThat(cache(a.get("/p?a=1&b=2&from=y"))).isEqualTo("HIT");
        assertThat(cache(a.get("/p?a=2&b=1"))).isEqualTo("MISS");
    }

    @Test
    void tagsAreTheCachesOwn() throws Exception {
        both("/p", (request, response) -> {
            response.setHeader("Cache-Tags", "news, sport");
            text(response, "max-age=60", "text");
        });
        assertThat(field(a.get("/p"), "Cache-Tags")).isEqualTo("none");
        assertThat(field(b.get("/p"), "Cache-Tags")).isEqualTo("none");
        assertThat(field(b.get("/p", "Range", "bytes=0-1"), "Cache-Tags")).isEqualTo("none");
        settled(() -> pages(0).invalidateTags("sport"));
        assertThat(cache(b.get("/p"))).isEqualTo("MISS");
        settled(() -> pages(1).clear());
        assertThat(cache(a.get("/p"))).isEqualTo("MISS");
    }

    @Test
    void rfc5861Section3AStalePageIsServedAndMadeAnewBehind() throws Exception {
        AtomicInteger number = new AtomicInteger();
        both(
                "/p",
                (request, response) ->
                        text(response, "max-age=60, stale-while-revalidate=30", "page " + number.incrementAndGet()));
        a.get("/p");
        time.advance(Duration.ofSeconds(80));

        HttpResponse<byte[]> stale = b.get("/p");
        assertThat(cache(stale)).isEqualTo("STALE");
        assertThat(body(stale)).isEqualTo("page 1");
        assertThat(field(stale, "Age")).isEqualTo("80");
        await().untilAsserted(() ->
                assertThat(body(a.get("/p", "Cache-Control", "only-if-cached"))).isEqualTo("page 2"));
        assertThat(cache(a.get("/p"))).isEqualTo("HIT");
    }

    @Test
    void rfc5861Section4AStalePageStandsInForAnError() throws Exception {
        AtomicBoolean throwsIt = new AtomicBoolean();
        AtomicInteger status = new AtomicInteger(200);
        both("/p", (request, response) -> {
            if (throwsIt.get()) {
                throw new IllegalStateException("broken");
            }
            if (status.get() == 503) {
                response.sendError(503);
                return;
            }
            response.setStatus(status.get());
            text(response, "max-age=60, stale-if-error=30", "text " + LONG.repeat(10));
        });
        a.get("/p");
        time.advance(Duration.ofSeconds(80));
        throwsIt.set(true);
        assertThat(cache(a.get("/p"))).isEqualTo("STALE");
        throwsIt.set(false);
        for (int each : List.of(500, 503)) {
            status.set(each);
            HttpResponse<byte[]> response = b.get("/p");
            assertThat(cache(response)).isEqualTo("STALE");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(body(response)).startsWith("text");
        }
        status.set(404);
        assertThat(b.get("/p").statusCode()).isEqualTo(404);
        time.advance(Duration.ofSeconds(90));
        status.set(503);
        assertThat(b.get("/p").statusCode()).isEqualTo(503);
    }

    @Test
    void aServletThatThrowsStoresNothing() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        both("/p", (request, response) -> {
            text(response, "max-age=60", "text");
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
        });
        HttpResponse<byte[]> failed = a.get("/p");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(body(failed)).doesNotStartWith("text");
        broken.set(false);
        assertThat(cache(a.get("/p"))).isEqualTo("MISS");
        assertThat(cache(b.get("/p"))).isEqualTo("HIT");
    }

    @Test
    void errorsRedirectsAndOtherFieldsGoTheirWay() throws Exception {
        a.errorPage(410, "/gone");
        a.on("/gone", (request, response) -> response.getWriter().write("so sorry"));
        both("/error", (request, response) -> response.sendError(410, "gone"));
        both("/redirect", (request, response) -> response.sendRedirect("/elsewhere"));
        both("/moved", (request, response) -> {
            response.setStatus(301);
            response.setHeader("Location", "/elsewhere");
            response.setHeader("Cache-Control", "max-age=60");
        });
        assertThat(body(a.get("/error"))).isEqualTo("so sorry");
        assertThat(a.get("/error").statusCode()).isEqualTo(410);
        assertThat(a.get("/redirect").statusCode()).isEqualTo(302);
        assertThat(field(a.get("/redirect"), "Location")).endsWith("/elsewhere");
        a.get("/moved");
        HttpResponse<byte[]> moved = b.get("/moved");
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(cache(moved)).isEqualTo("HIT");
        assertThat(field(moved, "Location")).isEqualTo("/elsewhere");
    }

    @Test
    void whatIsTooLongIsNotHeldBack() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        both("/p", (request, response) -> {
            response.setHeader("Cache-Control", "max-age=60");
            response.getOutputStream().write(new byte[120_000]);
            response.flushBuffer();
            seen.countDown();
            response.getOutputStream().write(new byte[120_000]);
        });
        assertThat(a.get("/p").body()).hasSize(240_000);
        assertThat(seen.getCount()).isZero();
        assertThat(cache(a.get("/p"))).isEqualTo("MISS");
    }

    @Test
    void anAsynchronousResponseGoesItsWay() throws Exception {
        both("/p", (request, response) -> {
            response.setHeader("Cache-Control", "max-age=60");
            response.getWriter().write("first ");
            AsyncContext async = request.startAsync();
            async.start(() -> {
                try {
                    async.getResponse().getWriter().write("second");
                    async.complete();
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
        });
        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> response = a.get("/p");
            assertThat(body(response)).isEqualTo("first second");
            assertThat(cache(response)).isEqualTo("MISS");
        }
    }

    @Test
    void aPageThatFlushesAndIncludesIsStoredWhole() throws Exception {
        both("/part", (request, response) -> response.getWriter().write("<part>"));
        both("/p", (request, response) -> {
            response.setHeader("Cache-Control", "max-age=60");
            response.getWriter().write("before ");
            response.flushBuffer();
            request.getRequestDispatcher("/part").include(request, response);
            response.getWriter().write(" after");
            assertThat(response.isCommitted()).isTrue();
        });
        a.get("/p");
        HttpResponse<byte[]> stored = b.get("/p");
        assertThat(cache(stored)).isEqualTo("HIT");
        assertThat(body(stored)).startsWith("before ").endsWith(" after");
    }

    @Test
    void partsOfAPageAreTheServletsOwn() throws Exception {
        both("/p", (request, response) -> text(response, "max-age=60", "range " + request.getHeader("Range")));
        assertThat(body(a.get("/p", "Range", "bytes=0-1"))).isEqualTo("range bytes=0-1");
        assertThat(body(a.get("/p"))).isEqualTo("range null");
        assertThat(body(a.get("/p", "Range", "bytes=0-1"))).isEqualTo("range bytes=0-1");
    }

    @Test
    void ofAllNodesOneMakesAColdPage() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        both("/p", (request, response) -> {
            awaitQuietly(go);
            text(response, "max-age=60", "text");
        });
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<HttpResponse<byte[]>>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                PageNode node = i % 2 == 0 ? a : b;
                all.add(threads.submit(() -> node.get("/p")));
            }
            await().until(() -> calls.get() == 1);
            go.countDown();
            for (Future<HttpResponse<byte[]>> each : all) {
                assertThat(body(each.get(30, TimeUnit.SECONDS))).isEqualTo("text");
            }
            assertThat(calls).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nobodyWaitsInLineForWhatMayNotBeStored() throws Exception {
        CountDownLatch together = new CountDownLatch(8);
        both("/p", (request, response) -> {
            response.setHeader("Cache-Control", "private");
            response.getWriter().write("begun");
            response.flushBuffer(); // from here on the others know
            together.countDown();
            awaitQuietly(together);
        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<HttpResponse<byte[]>>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                PageNode node = i % 2 == 0 ? a : b;
                all.add(threads.submit(() -> node.get("/p")));
            }
            for (Future<HttpResponse<byte[]>> each : all) {
                assertThat(body(each.get(25, TimeUnit.SECONDS))).isEqualTo("begun");
            }
            assertThat(together.getCount()).as("all eight ran at the same time").isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aPageThatMayBeStoredAgainIs() throws Exception {
        AtomicBoolean shared = new AtomicBoolean();
        both("/p", (request, response) -> text(response, shared.get() ? "max-age=60" : "private", "text"));
        a.get("/p");
        shared.set(true);
        assertThat(cache(b.get("/p"))).isEqualTo("MISS");
        await().untilAsserted(() -> assertThat(cache(a.get("/p"))).isEqualTo("HIT")); // once it has heard of it
    }

    /** Members tell each other at intervals what they have dropped, on a clock that is the test's. */
    private void settled(Runnable change) {
        CompletableFuture<Void> done = CompletableFuture.runAsync(change);
        await().until(() -> {
            time.advance(Duration.ofMillis(100));
            return done.isDone();
        });
        done.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }
}
