package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.sessions.internal.store.InMemorySessionStore.Verb;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.TestTime;
import jakarta.servlet.SessionTrackingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cookie that browsers drop after ten minutes, and users who keep coming. */
@ExtendWith(CleanSlate.class)
final class RollingAgeTest {
    private static final int MAX_AGE = 600;
    private static final Duration TENTH = Duration.ofSeconds(60);

    private final TestTime time = new TestTime();
    private final InMemorySessionStore store = new InMemorySessionStore(time.clock());
    private final ServingNode node = new ServingNode(store, Duration.ofSeconds(30), time.clock(), time.ticker());
    private final ServingNode other = new ServingNode(store, Duration.ofSeconds(30), time.clock(), time.ticker());
    private final SessionTracking here = tracking(MAX_AGE);
    private final SessionTracking there = tracking(MAX_AGE);
    private final FakeWeb.Response response = new FakeWeb.Response();
    private SessionId id = SessionId.create();

    private SessionTracking tracking(int maxAge) {
        return new SessionTracking(
                FakeWeb.application(maxAge, SessionTrackingMode.COOKIE, SessionTrackingMode.URL),
                null,
                time.clock(),
                time.ticker());
    }

    private SessionExchange exchange(ServingNode server, SessionTracking tracking, List<String> cookies) {
        SessionExchange exchange = SessionExchange.of(
                server.scope, tracking, FakeWeb.request(Map.of("Cookie", cookies)), response.proxy());
        exchange.begin();
        return exchange;
    }

    /** A request with the session's cookie, which asks for the session. */
    private SessionExchange begun(ServingNode server, SessionTracking tracking) {
        SessionExchange exchange = exchange(server, tracking, List.of("JSESSIONID=" + id.value()));
        assertThat(exchange.session(false)).isNotNull();
        return exchange;
    }

    /** How many cookies a whole request is answered with. */
    private int sentBy(ServingNode server, SessionTracking tracking) {
        response.proxy().reset();
        SessionExchange exchange = begun(server, tracking);
        exchange.commit();
        exchange.commit();
        exchange.finish();
        return response.headers("Set-Cookie").size();
    }

    private void login(SessionTracking tracking) {
        SessionExchange exchange = exchange(node, tracking, List.of());
        id = requireNonNull(exchange.session(true)).id();
        exchange.commit();
        exchange.finish();
        assertThat(response.headers("Set-Cookie")).hasSize(1);
    }

    @Test
    void aCookieIsSentAnewInEachTenthOfItsAgeAndNoMore() {
        login(here);
        int sent = 0;
        for (int second = 0; second < 2 * MAX_AGE; second += 5) {
            sent += sentBy(node, here);
            time.advance(Duration.ofSeconds(5));
        }

        assertThat(sent).isEqualTo(19); // and the one of the beginning
        assertThat(response.headers("Set-Cookie")).allMatch(each -> each.contains("Max-Age=600"));
    }

    @Test
    void itIsTheSameCookie() {
        login(here);
        List<String> first = response.headers("Set-Cookie");
        time.advance(TENTH);

        assertThat(sentBy(node, here)).isEqualTo(1);
        assertThat(response.headers("Set-Cookie")).isEqualTo(first);
    }

    @Test
    void requestsThatNeverAskForTheSessionDoNotKeepOthersFromSendingIt() {
        login(here);
        time.advance(TENTH.minusSeconds(1));
        for (int i = 0; i < 10; i++) {
            SessionExchange unasked = exchange(node, here, List.of("JSESSIONID=" + id.value()));
            unasked.commit();
            unasked.finish();
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(sentBy(node, here)).isEqualTo(1);
    }

    @Test
    void eachNodeSendsItForItself() {
        login(here);
        assertThat(sentBy(other, there)).as("while it is new").isZero();
        time.advance(TENTH);

        assertThat(sentBy(node, here)).isEqualTo(1);
        assertThat(sentBy(other, there)).isEqualTo(1);
        assertThat(sentBy(node, here)).isZero();
        assertThat(sentBy(other, there)).isZero();
    }

    @Test
    void aRequestThatCameBeforeALoginDoesNotBringBackTheOldId() {
        login(here);
        time.advance(TENTH);
        response.proxy().reset();
        SessionExchange late = begun(node, here);
        SessionExchange login = begun(other, there);
        String changed = login.changeId();
        login.commit();
        late.commit();
        late.finish();
        login.finish();

        assertThat(response.headers("Set-Cookie")).singleElement().asString().startsWith("JSESSIONID=" + changed + ";");
    }

    @Test
    void withoutAnAnswerOfTheOwnerItIsLeftToTheNextRequest() {
        login(here);
        time.advance(TENTH);
        response.proxy().reset();
        SessionExchange exchange = begun(node, here);
        store.loseAnswers(Verb.OPEN, 1);
        exchange.commit();
        exchange.finish();

        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(sentBy(node, here)).isEqualTo(1);
    }

    @Test
    void aSessionThatHasEndedSendsNoCookie() {
        login(here);
        time.advance(TENTH);
        response.proxy().reset();
        SessionExchange exchange = begun(node, here);
        requireNonNull(exchange.session(false)).invalidate();
        exchange.commit();
        exchange.finish();

        assertThat(response.headers("Set-Cookie")).isEmpty();
    }

    @Test
    void aCookieThatLastsAsLongAsTheBrowserIsSentOnce() {
        SessionTracking browsers = tracking(-1);
        login(browsers);
        time.advance(Duration.ofMinutes(29));

        assertThat(sentBy(node, browsers)).isZero();
    }

    @Test
    void cachesKeepTheResponseWithoutTheCookie() {
        response.proxy().setHeader("Cache-Control", "public, max-age=60");
        login(here);

        assertThat(response.headers("Cache-Control")).containsExactly("public, max-age=60", "no-cache=\"Set-Cookie\"");
        time.advance(TENTH);
        response.proxy().reset();
        assertThat(sentBy(node, here)).isEqualTo(1);
        assertThat(response.headers("Cache-Control")).containsExactly("no-cache=\"Set-Cookie\"");
    }

    @Test
    void whatTheApplicationSaysOfCachesWillDo() {
        response.proxy().setHeader("Cache-Control", "no-store");
        login(here);

        assertThat(response.headers("Cache-Control")).containsExactly("no-store");
    }
}
