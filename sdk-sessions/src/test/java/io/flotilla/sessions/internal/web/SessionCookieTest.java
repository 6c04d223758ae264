package io.flotilla.sessions.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionCookieTest {
    private final FakeWeb.Response answer = new FakeWeb.Response();
    private final HttpServletResponse response = answer.proxy();

    private List<String> sent() {
        return answer.headers("Set-Cookie");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** That of an application, configured to have a path or not. */
    private static SessionCookie cookie(String contextPath, String path) {
        SessionCookieConfig config =
                proxy(SessionCookieConfig.class, (proxy, method, args) -> switch (method.getName()) {
                    case "getPath" -> path.isEmpty() ? null : path;
                    case "getMaxAge" -> -1;
                    case "isSecure" -> false;
                    case "getAttributes" -> Map.of();
                    default -> null;
                });
        return new SessionCookie(proxy(ServletContext.class, (proxy, method, args) -> switch (method.getName()) {
            case "getContextPath" -> contextPath;
            case "getSessionCookieConfig" -> config;
            default -> null;
        }));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isSecureWhenTheRequestIs(boolean secure) {
        SessionId id = SessionId.create();
        assertThat(cookie("/shop", "").send(id, secure, response)).isTrue();
        assertThat(sent())
                .containsExactly("JSESSIONID=" + id.value() + "; Path=/shop" + (secure ? "; Secure" : "")
                        + "; HttpOnly; SameSite=Lax");
    }

    @Test
    void takesItsOwnPlaceAndNobodyElses() {
        response.addHeader("Set-Cookie", "a=b");
        cookie("/shop", "").send(SessionId.create(), false, response);
        cookie("", "").send(SessionId.create(), false, response);
        SessionId id = SessionId.create();
        cookie("/shop", "").send(id, false, response);
        assertThat(sent())
                .hasSize(3)
                .contains("a=b")
                .anyMatch(each -> each.startsWith("JSESSIONID=" + id.value() + "; Path=/shop;"))
                .anyMatch(each -> each.contains("; Path=/;"));
    }

    @ParameterizedTest
    @CsvSource({
        "/shop, '', /shop/cart, true",
        "/shop, '', /shop, true",
        "/shop, '', /shopping, false",
        "/shop, '', /other, false",
        "'', '', /other, true",
        "/shop, /, /other, true"
    })
    void travelsWithRequestsToItsPath(String contextPath, String path, String uri, boolean travels) {
        assertThat(cookie(contextPath, path).reaches(uri)).isEqualTo(travels);
    }
}
