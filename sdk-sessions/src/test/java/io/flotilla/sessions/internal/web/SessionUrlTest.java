package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request for {@code https://www.example.org/shop/list/page;a=b} in the application {@code /shop}. */
class SessionUrlTest {
    private static final SessionId ID = requireNonNull(SessionId.parse("A".repeat(44)));

    private final SessionUrl url = new SessionUrl(context("/shop", null));

    private static ServletContext context(String path, @Nullable String cookie) {
        SessionCookieConfig config =
                of(SessionCookieConfig.class, cookie == null ? Map.of() : Map.of("getName", cookie));
        return of(ServletContext.class, Map.of("getContextPath", path, "getSessionCookieConfig", config));
    }

    private static HttpServletRequest request(String uri) {
        return of(
                HttpServletRequest.class,
                Map.of(
                        "getRequestURI",
                        uri,
                        "getScheme",
                        "https",
                        "getServerName",
                        "www.example.org",
                        "getServerPort",
                        443));
    }

    @SuppressWarnings("unchecked")
    private static <T> T of(Class<T> type, Map<String, Object> answers) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> answers.get(method.getName()));
    }

    private String encoded(String link) {
        return url.encode(link, ID, request("/shop/list/page;a=b")).replace(ID.value(), "ID");
    }

    @ParameterizedTest
    @CsvSource({
        "/shop, /shop;jsessionid=ID",
        "/shop/, /shop/;jsessionid=ID",
        "/shop/x, /shop/x;jsessionid=ID",
        "/shop/x?a=/y;jsessionid=1, /shop/x;jsessionid=ID?a=/y;jsessionid=1",
        "/shop/x#part, /shop/x;jsessionid=ID#part",
        "/shop/x?a#part?, /shop/x;jsessionid=ID?a#part?",
        "/shop/x;v=1, /shop/x;v=1;jsessionid=ID",
        "/shop/x;jsessionid=OLD?a, /shop/x;jsessionid=ID?a",
        "/shop/x;jsessionid=OLD;v=1, /shop/x;v=1;jsessionid=ID",
        "/shop/../shop/x, /shop/../shop/x;jsessionid=ID",
        "x, x;jsessionid=ID",
        "./x, ./x;jsessionid=ID",
        "../x, ../x;jsessionid=ID",
        "a b|c, a b|c;jsessionid=ID",
        "?a=b, /shop/list/page;a=b;jsessionid=ID?a=b",
        "https://www.example.org/shop/x, https://www.example.org/shop/x;jsessionid=ID",
        "HTTPS://WWW.example.org:443/shop/x?a, HTTPS://WWW.example.org:443/shop/x;jsessionid=ID?a",
        "//www.example.org/shop, //www.example.org/shop;jsessionid=ID"
    })
    void aLinkToTheApplicationGetsTheId(String link, String expected) {
        assertThat(encoded(link)).isEqualTo(expected);
    }

    @Test
    void anEmptyLinkLeadsToTheSamePage() {
        assertThat(encoded("")).isEqualTo("/shop/list/page;a=b;jsessionid=ID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#part",
                "/",
                "/shopping",
                "/other/shop",
                "/shop/../other",
                "../../other",
                "mailto:a@example.org",
                "javascript:alert(1)",
                "http://www.example.org/shop/x",
                "https://www.example.org:8443/shop/x",
                "https://example.org/shop/x",
                "https://www.example.org.evil.org/shop/x",
                "https://www.example.org@evil.org/shop/x",
                "//evil.org/shop/x",
                "https://www.example.org"
            })
    void aLinkToElsewhereDoesNot(String link) {
        assertThat(encoded(link)).isEqualTo(link);
    }

    @Test
    void theRootApplicationHasAllPaths() {
        SessionUrl root = new SessionUrl(context("", null));
        assertThat(root.encode("/any", ID, request("/x"))).isEqualTo("/any;jsessionid=" + ID.value());
        assertThat(root.encode("https://www.example.org?a", ID, request("/x"))).isEqualTo("https://www.example.org?a");
    }

    @Test
    void theIdIsReadFromThePath() {
        assertThat(url.read(request("/shop/page;jsessionid=ID"))).isEqualTo("ID");
        assertThat(url.read(request("/shop;jsessionid=ID;a=b/page"))).isEqualTo("ID");
        assertThat(url.read(request("/shop/page;a=b;jsessionid=ID/"))).isEqualTo("ID");
        assertThat(url.read(request("/shop/page;jsessionid="))).isEmpty();
        assertThat(url.read(request("/shop/page;jsession=ID"))).isNull();
        assertThat(url.read(request("/shop/page"))).isNull();
    }

    @Test
    void theParameterIsCalledLikeAConfiguredCookie() {
        SessionUrl named = new SessionUrl(context("/shop", "SHOP"));
        assertThat(named.encode("/shop/x", ID, request("/shop/y"))).isEqualTo("/shop/x;SHOP=" + ID.value());
        assertThat(named.read(request("/shop/page;SHOP=ID"))).isEqualTo("ID");
    }
}
