package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.TestTime;
import jakarta.servlet.SessionTrackingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that have their session's id in a header. */
@ExtendWith(CleanSlate.class)
final class SessionHeaderTest {
    private static final String HEADER = "X-Auth-Token";

    private final TestTime time = new TestTime();
    private final ServingNode node = new ServingNode(
            new InMemorySessionStore(time.clock()), Duration.ofSeconds(30), time.clock(), time.ticker());
    private final SessionTracking both = tracking(SessionTrackingMode.COOKIE, SessionTrackingMode.URL);
    private final SessionTracking alone = tracking();
    private final FakeWeb.Response response = new FakeWeb.Response();

    private SessionTracking tracking(SessionTrackingMode... modes) {
        return new SessionTracking(FakeWeb.application(-1, modes), HEADER, time.clock(), time.ticker());
    }

    private SessionExchange request(SessionTracking tracking, Map<String, List<String>> headers) {
        SessionExchange exchange = SessionExchange.of(node.scope, tracking, FakeWeb.request(headers), response.proxy());
        exchange.begin();
        return exchange;
    }

    private SessionExchange request(String header) {
        return request(both, Map.of(HEADER, List.of(header)));
    }

    private static void done(SessionExchange exchange) {
        exchange.commit();
        exchange.finish();
    }

    private SessionId stored() {
        ClusterSession session = node.fresh();
        session.commit();
        session.leave();
        return session.id();
    }

    private static ClusterSession session(SessionExchange exchange) {
        return requireNonNull(exchange.session(true));
    }

    @Test
    void aNewSessionIsAnsweredInTheHeaderAlone() {
        SessionExchange exchange = request("");
        SessionId id = session(exchange).id();
        done(exchange);

        assertThat(response.headers(HEADER)).containsExactly(id.value());
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(response.headers("Cache-Control")).containsExactly("no-store");
        assertThat(exchange.requestedId()).isNull();
    }

    @Test
    void theIdFindsItsSessionAndIsNotSentAgain() {
        SessionId id = stored();
        SessionExchange exchange = request(id.value());

        assertThat(session(exchange).id().value()).isEqualTo(id.value());
        assertThat(exchange.requestedId()).isEqualTo(id.value());
        assertThat(exchange.isRequestedValid()).isTrue();
        assertThat(exchange.requested().way()).isEqualTo(SessionTracking.Way.HEADER);
        done(exchange);
        assertThat(response.headers(HEADER)).isEmpty();
        assertThat(response.headers("Cache-Control")).isEmpty();
    }

    @Test
    void aChangedIdIsAnswered() {
        SessionExchange exchange = request(stored().value());
        String changed = exchange.changeId();
        done(exchange);

        assertThat(response.headers(HEADER)).containsExactly(changed);
    }

    @Test
    void theEndIsAnsweredByAnEmptyHeader() {
        SessionExchange exchange = request(stored().value());
        session(exchange).invalidate();
        done(exchange);

        assertThat(response.headers(HEADER)).containsExactly("");
    }

    @Test
    void aNewSessionAfterTheEndOfTheOldOneIsAnswered() {
        SessionExchange exchange = request(stored().value());
        session(exchange).invalidate();
        exchange.commit();
        SessionId next = session(exchange).id();
        done(exchange);

        assertThat(response.headers(HEADER)).containsExactly(next.value());
    }

    @Test
    void anIdThatTheClientMadeUpIsNotAdopted() {
        String made = SessionId.create().value();
        SessionExchange exchange = request(made);
        assertThat(exchange.session(false)).isNull();

        assertThat(session(exchange).id().value()).isNotEqualTo(made);
        done(exchange);
    }

    @Test
    void theHeaderGoesBeforeACookieWhichIsNotEvenLookedAt() {
        SessionId inHeader = stored();
        SessionId inCookie = stored();
        List<String> cookies = List.of("JSESSIONID=" + inCookie.value());
        SessionExchange two = request(both, Map.of(HEADER, List.of(inHeader.value()), "Cookie", cookies));
        SessionExchange empty = request(both, Map.of(HEADER, List.of(""), "Cookie", cookies));
        SessionExchange wrong = request(both, Map.of(HEADER, List.of("no id"), "Cookie", cookies));

        assertThat(session(two).id().value()).isEqualTo(inHeader.value());
        assertThat(empty.session(false)).isNull();
        assertThat(wrong.session(false)).isNull();
        done(two);
        done(empty);
        done(wrong);
        assertThat(response.headers("Set-Cookie")).isEmpty();
    }

    @Test
    void ofTwoHeadersNoneIsAdopted() {
        SessionExchange exchange = request(both, Map.of(HEADER, List.of(stored().value(), stored().value())));

        assertThat(exchange.session(false)).isNull();
        done(exchange);
    }

    @Test
    void aClientThatDoesNotSendTheHeaderGetsACookieAlone() {
        SessionExchange exchange = request(both, Map.of());
        SessionId unused = session(exchange).id();
        done(exchange);

        assertThat(response.headers(HEADER)).isEmpty();
        assertThat(response.headers("Set-Cookie")).hasSize(1);
    }

    @Test
    void withoutCookiesAndUrlsEveryClientIsAnsweredInTheHeader() {
        SessionExchange exchange = request(alone, Map.of());
        SessionId id = session(exchange).id();
        done(exchange);

        assertThat(response.headers(HEADER)).containsExactly(id.value());
        assertThat(response.headers("Set-Cookie")).isEmpty();
    }

    @Test
    void linksCarryNoIdForAClientWithTheHeader() {
        SessionExchange exchange = request("");
        SessionId unused = session(exchange).id();

        assertThat(exchange.encode("/shop/next")).isEqualTo("/shop/next");
        done(exchange);
    }

    @Test
    void aSessionCannotBeginWhenTheHeaderHasGone() {
        SessionTracking urls = tracking(SessionTrackingMode.URL);
        response.committed = true;
        SessionExchange exchange = request(urls, Map.of(HEADER, List.of("")));

        assertThatThrownBy(() -> exchange.session(true)).isInstanceOf(IllegalStateException.class);
        done(exchange);
    }
}
