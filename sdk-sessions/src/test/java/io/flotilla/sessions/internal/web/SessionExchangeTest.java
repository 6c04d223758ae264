package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestTime;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One request and its session, without HTTP. */
@ExtendWith(CleanSlate.class)
final class SessionExchangeTest {
    private final TestTime time = new TestTime();
    private final ServingNode node = new ServingNode(
            new InMemorySessionStore(time.clock()), Duration.ofSeconds(30), time.clock(), time.ticker());
    private final SessionExchange exchange = exchange(Map.of("isSecure", false));

    private SessionExchange exchange(Map<String, Object> request) {
        return SessionExchange.of(
                node.scope,
                new SessionTracking(answering(
                        ServletContext.class,
                        Map.of(
                                "getContextPath", "/shop",
                                "getEffectiveSessionTrackingModes", Set.of(SessionTrackingMode.COOKIE),
                                "getSessionCookieConfig",
                                        answering(SessionCookieConfig.class, Map.of("getAttributes", Map.of()))))),
                answering(HttpServletRequest.class, request),
                answering(HttpServletResponse.class, Map.of("isCommitted", false, "getHeaders", Set.of())));
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        Class<?>[] types = {type};
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), types, (proxy, method, args) -> {
            Class<?> result = method.getReturnType();
            Object otherwise = result == boolean.class ? (Object) false : result == int.class ? (Object) 0 : null;
            return answers.getOrDefault(method.getName(), otherwise);
        }));
    }

    private ClusterSession session() {
        return requireNonNull(exchange.session(true));
    }

    @Test
    void sessionThatWasEndedBeforeTheNextOneBeganIsNotKept() {
        exchange.begin();
        for (int i = 0; i < 3; i++) {
            session().setAttribute("a", "tea");
            exchange.commit();
            session().invalidate();
        }
        session();
        assertThat(node.scope.lives().size()).isEqualTo(1);
        exchange.finish();

        assertThat(node.scope.lives().size()).isZero();
    }

    @Test
    void listenersAreToldWithoutALockOfTheRequests() {
        List<String> heard = new ArrayList<>();
        node.listeners.add(new HttpSessionListener() {
            @Override
            public void sessionCreated(HttpSessionEvent event) {
                heard.add("created, locked " + Thread.holdsLock(exchange));
            }

            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                heard.add("destroyed, locked " + Thread.holdsLock(exchange));
            }
        });
        node.listeners.add(
                (HttpSessionIdListener) (event, old) -> heard.add("changed, locked " + Thread.holdsLock(exchange)));
        exchange.begin();
        session();
        String changed = exchange.changeId();
        exchange.finish();

        assertThat(changed).hasSize(44);
        assertThat(heard).containsExactly("created, locked false", "changed, locked false", "destroyed, locked false");
    }

    @Test
    @ExpectLog("the request is answered 503")
    void changesOfARequestThatIsAnsweredWithAnOutageAreNotFoundByTheNextOne() throws Exception {
        ClusterSession first = node.fresh();
        first.setAttribute("a", new ArrayList<>(List.of("tea")));
        first.commit();
        first.leave();
        SessionExchange fails = exchange(Map.of(
                "getHeaders",
                Collections.enumeration(List.of("JSESSIONID=" + first.id().value()))));
        fails.begin();
        list(requireNonNull(fails.session(false))).add("rum");
        assertThat(fails.answerOutage(new ClusterUnavailableException("a cache did not answer", null)))
                .isTrue();
        fails.finish();

        ClusterSession next = node.open(first.id());
        assertThat(list(next)).containsExactly("tea");
        next.leave();
    }

    @SuppressWarnings("unchecked") // as stored above
    private static List<String> list(ClusterSession session) {
        return (List<String>) requireNonNull(session.getAttribute("a"));
    }
}
