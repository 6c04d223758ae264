package io.flotilla.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.flotilla.Cluster;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.Security;
import io.flotilla.storage.internal.StorageTests;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects over a socket, clause by clause of RFC 9110. */
@Tag("cluster")
class ServingTest {
    private static final Instant CREATED = Instant.parse("2026-05-15T10:20:30.456Z");
    private static final String TEXT = "0123456789";
    private static final String TAG = "\"" + StorageTests.sha256(TEXT) + "\"";
    private static final String OTHER = "\"other\"";
    private static final String BEFORE = date(CREATED.minusSeconds(1));
    private static final String SAME = date(CREATED);
    private static final String AFTER = date(CREATED.plusSeconds(1));
    private static final AtomicReference<Instant> now =
            new AtomicReference<>(CREATED); // what the cluster's clock shows

    private static Cluster cluster;
    private static Storage storage;
    private static WebServer server;

    private static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    @BeforeAll
    static void start(@TempDir Path folder, @TempDir Path work) throws Exception {
        cluster = Cluster.builder("serving")
                .clock(now::get)
                .security(Security.secret("a secret that is long enough for the test of addresses".getBytes(UTF_8)))
                .install(Storage.module(s -> s.shared(folder)))
                .start();
        storage = cluster.get(Storage.class);
        await().ignoreExceptionsMatching(ClusterUnavailableException.class::isInstance)
                .until(() -> storage.namespace("photos").stat("none").isEmpty());
        put("dir/t\u00e4xt.txt", TEXT, "text/plain;charset=utf-8");
        put("a", TEXT, "image/png");
        put("empty", "", "image/png");
        put("page", "<script>", "text/html");
        server = new WebServer(work, ServingTest::initialize);
        now.set(CREATED.plusSeconds(60));
    }

    private static void initialize(ServletContext web) {
        web.addServlet("photos", storage.servlet("photos")).addMapping("/photos/*");
        web.addServlet("signed", storage.signedServlet("photos")).addMapping("/signed/*");
    }

    private static void put(String name, String text, String type) throws IOException {
        StoredObject unused = storage.namespace("photos")
                .put(name, new ByteArrayInputStream(text.getBytes(UTF_8)), put -> put.contentType(type));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        cluster.close();
    }

    @BeforeEach
    void resetClock() {
        now.set(CREATED.plusSeconds(60));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("(none)");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }

    @Test
    void theWholeObject() throws Exception {
        HttpResponse<byte[]> response = server.get("/photos/a");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).isEqualTo(TEXT);
        assertThat(header(response, "Content-Type")).isEqualTo("image/png");
        assertThat(header(response, "Content-Length")).isEqualTo("10");
        assertThat(header(response, "ETag")).isEqualTo(TAG);
        assertThat(header(response, "Last-Modified")).isEqualTo(SAME);
        assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(response, "Content-Security-Policy")).contains("default-src 'none'", "sandbox");
        String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(StorageTests.sha256(TEXT)));
        assertThat(header(response, "Repr-Digest")).isEqualTo("sha-256=:" + digest + ":");
        assertThat(header(response, "Set-Cookie")).isEqualTo("(none)");
    }

    @Test
    void headSaysTheSameWithoutTheBody() throws Exception {
        HttpResponse<byte[]> get = server.get("/photos/a");
        HttpResponse<byte[]> head = server.send("HEAD", "/photos/a", "Range", "bytes=0-1");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String each : new String[] {"Content-Length", "Content-Type", "ETag", "Last-Modified", "Repr-Digest"}) {
            assertThat(header(head, each)).isEqualTo(header(get, each));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void nothingElseIsAllowed(String method) throws Exception {
        assertThat(server.send(method, "/photos/a").statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/photos/none", "/photos/", "/photos", "/photos/a/", "/photos/a%01"})
    void whatIsNotThere(String path) throws Exception {
        assertThat(server.get(path).statusCode()).isEqualTo(404);
    }

    /** 13.1.1 to 13.1.4 and 13.2.2. A condition in the form {@code Header=value}, several joined by {@code &}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "If-Match=*; 200",
                "If-Match=TAG; 200",
                "If-Match=OTHER, TAG; 200",
                "If-Match=OTHER; 412",
                "If-Match=W/TAG; 412",
                "If-Match=nonsense; 412",
                "If-Match=TAG&If-Unmodified-Since=BEFORE; 200",
                "If-Unmodified-Since=BEFORE; 412",
                "If-Unmodified-Since=SAME; 200",
                "If-Unmodified-Since=AFTER; 200",
                "If-Unmodified-Since=nonsense; 200",
                "If-None-Match=*; 304",
                "If-None-Match=TAG; 304",
                "If-None-Match=W/TAG; 304",
                "If-None-Match=OTHER , TAG; 304",
                "If-None-Match=OTHER; 200",
                "If-None-Match=nonsense; 200",
                "If-None-Match=\"with,comma\", TAG; 304",
                "If-None-Match=OTHER&If-Modified-Since=AFTER; 200",
                "If-Modified-Since=BEFORE; 200",
                "If-Modified-Since=SAME; 304",
                "If-Modified-Since=AFTER; 304",
                "If-Modified-Since=nonsense; 200",
                "If-Match=OTHER&If-None-Match=TAG; 412",
                "If-Match=TAG&If-None-Match=TAG; 304",
                "If-Match=OTHER&If-Match=TAG; 200",
                "If-None-Match=OTHER&If-None-Match=TAG; 304",
                "Range=bytes=0-1&If-None-Match=TAG; 304",
                "Range=bytes=0-1&If-Match=OTHER; 412"
            })
    void conditions(String conditions, int status) throws Exception {
        for (String method : new String[] {"GET", "HEAD"}) {
            HttpResponse<byte[]> response = server.send(method, "/photos/a", headers(conditions));
            assertThat(response.statusCode()).as(method).isEqualTo(status);
            if (status == 304) {
                assertThat(header(response, "ETag")).isEqualTo(TAG);
                assertThat(header(response, "Last-Modified")).isEqualTo(SAME);
                assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
            }
            assertThat(response.body()).hasSize(status == 200 && method.equals("GET") ? 10 : 0);
        }
    }

    private static String[] headers(String conditions) {
        return java.util.Arrays.stream(conditions
                        .replace("TAG", TAG)
                        .replace("OTHER", OTHER)
                        .replace("BEFORE", BEFORE)
                        .replace("SAME", SAME)
                        .replace("AFTER", AFTER)
                        .split("&"))
                .flatMap(each -> java.util.Arrays.stream(each.split("=", 2)))
                .toArray(String[]::new);
    }

    /** 14.1.2 and 14.2. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "bytes=0-0; 206; 0; bytes 0-0/10",
                "bytes=2-4; 206; 234; bytes 2-4/10",
                "BYTES=2-4; 206; 234; bytes 2-4/10",
                "bytes=7-; 206; 789; bytes 7-9/10",
                "bytes=-3; 206; 789; bytes 7-9/10",
                "bytes=-99; 206; 0123456789; bytes 0-9/10",
                "bytes=8-99999999999999999999; 206; 89; bytes 8-9/10",
                "bytes=10-, 0-1; 206; 01; bytes 0-1/10",
                "bytes= , 0-1 ,; 206; 01; bytes 0-1/10",
                "bytes=10-; 416; ''; bytes */10",
                "bytes=99999999999999999999-; 416; ''; bytes */10",
                "bytes=-0; 416; ''; bytes */10",
                "bytes=4-2; 200; 0123456789; (none)",
                "bytes=-; 200; 0123456789; (none)",
                "bytes=a-b; 200; 0123456789; (none)",
                "bytes; 200; 0123456789; (none)",
                "lines=0-1; 200; 0123456789; (none)",
                "bytes=0-5,3-9; 200; 0123456789; (none)",
                "bytes=0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0; 200; 0123456789; (none)"
            })
    void ranges(String range, int status, String body, String contentRange) throws Exception {
        HttpResponse<byte[]> response = server.get("/photos/a", "Range", range);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(text(response)).isEqualTo(body);
        assertThat(header(response, "Content-Range")).isEqualTo(contentRange);
        assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(body.length()));
        assertThat(header(response, "ETag")).isEqualTo(TAG);
    }

    @Test
    void anEmptyObjectHasNoRanges() throws Exception {
        HttpResponse<byte[]> response = server.get("/photos/empty", "Range", "bytes=0-5");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    /** 14.6. */
    @Test
    void severalRangesAreParts() throws Exception {
        HttpResponse<byte[]> response = server.get("/photos/a", "Range", "bytes=0-1,-2,5-5");
        assertThat(response.statusCode()).isEqualTo(206);
        String type = header(response, "Content-Type");
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        assertThat(new String(response.body(), ISO_8859_1))
                .isEqualTo("--" + boundary + "\r\nContent-Type: image/png\r\nContent-Range: bytes 0-1/10\r\n\r\n01"
                        + "\r\n--" + boundary + "\r\nContent-Type: image/png\r\nContent-Range: bytes 8-9/10\r\n\r\n89"
                        + "\r\n--" + boundary + "\r\nContent-Type: image/png\r\nContent-Range: bytes 5-5/10\r\n\r\n5"
                        + "\r\n--" + boundary + "--\r\n");
        assertThat(header(response, "Content-Length")).isEqualTo(String.valueOf(response.body().length));
        assertThat(header(response, "Content-Range")).isEqualTo("(none)");
    }

    /** 13.1.5. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {"TAG; 206", "W/TAG; 200", "OTHER; 200", "SAME; 206", "BEFORE; 200", "AFTER; 200", "nonsense; 200"})
    void ifRange(String validator, int status) throws Exception {
        String[] headers = headers("If-Range=" + validator + "&Range=bytes=0-1");
        assertThat(server.get("/photos/a", headers).statusCode()).isEqualTo(status);
    }

    @Test
    void aDateIsNoStrongValidatorInTheSecondOfTheChange() throws Exception {
        now.set(CREATED.plusMillis(100));
        assertThat(server.get("/photos/a", headers("If-Range=SAME&Range=bytes=0-1"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get("/photos/a", headers("If-Range=TAG&Range=bytes=0-1"))
                        .statusCode())
                .isEqualTo(206);
    }

    @Test
    void whatABrowserMightRunIsSaved() throws Exception {
        assertThat(header(server.get("/photos/page"), "Content-Disposition"))
                .isEqualTo("attachment; filename=\"page\"; filename*=UTF-8''page");
        HttpResponse<byte[]> response = server.get("/photos/dir/t%C3%A4xt.txt");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(header(response, "Content-Disposition"))
                .isEqualTo("inline; filename=\"t_xt.txt\"; filename*=UTF-8''t%C3%A4xt.txt");
    }

    @Test
    void aFileNameIsTheWritersOwnAndHidesNothing() throws Exception {
        StoredObject unused = storage.namespace("photos")
                .put(
                        "named",
                        new ByteArrayInputStream(new byte[0]),
                        put -> put.metadata("filename", "a\"b\u202Egnp.exe"));
        assertThat(header(server.get("/photos/named"), "Content-Disposition"))
                .isEqualTo("attachment; filename=\"a_bgnp.exe\"; filename*=UTF-8''a%22bgnp.exe");
    }

    @Test
    void pathsAreNeverWaysOutOfTheNamespace() throws Exception {
        for (String each : new String[] {"/photos/../signed/a", "/photos/%2e%2e/signed/a", "/photos/x/..%2f..%2fa"}) {
            String answer = server.raw("GET " + each + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer).doesNotContain(TEXT);
        }
    }

    @Test
    void aSignedAddressIsGoodForItsPathAndItsTime() throws Exception {
        String signed = storage.sign("/signed/a", Duration.ofMinutes(5));
        HttpResponse<byte[]> response = server.get(signed);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(text(response)).isEqualTo(TEXT);
        assertThat(header(response, "Cache-Control")).isEqualTo("private, no-cache");
        assertThat(server.get(signed, "If-None-Match", TAG).statusCode()).isEqualTo(304);
        assertThat(server.get("/signed/a").statusCode()).isEqualTo(403);
        assertThat(server.get("/signed/a?signature=!").statusCode()).isEqualTo(403);
        assertThat(server.get("/signed/a?signature=").statusCode()).isEqualTo(403);
        assertThat(server.get(signed.replace("/signed/a?", "/signed/page?")).statusCode())
                .isEqualTo(403);
        String wrong = signed.substring(0, signed.length() - 5) + "AAAAA";
        assertThat(server.get(wrong).statusCode()).isEqualTo(403);
        Instant end = CREATED.plusSeconds(60).plus(Duration.ofMinutes(5));
        now.set(end.minusMillis(1));
        assertThat(server.get(signed).statusCode()).isEqualTo(200);
        now.set(end);
        assertThat(server.get(signed).statusCode()).isEqualTo(403);
    }

    @Test
    void aSignedAddressMayBeEncodedInAnyWay() throws Exception {
        String signed = storage.sign("/signed/dir/t%C3%A4xt.txt", Duration.ofMinutes(5));
        assertThat(server.get(signed).statusCode()).isEqualTo(200);
        assertThat(server.get(signed.replace("%C3%A4", "%c3%a4").replace("dir", "d%69r"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsNoPathIsNotSigned() {
        assertThatIllegalArgumentException().isThrownBy(() -> storage.sign("signed/a", Duration.ofMinutes(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> storage.sign("/signed/a?b", Duration.ofMinutes(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> storage.sign("/signed/a b", Duration.ofMinutes(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> storage.sign("/signed/a", Duration.ZERO));
    }
}
