package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flotilla.sessions.Sessions;
import io.flotilla.spi.ClusterModule;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The life of a session, with every request on another server than the one before. */
public abstract class SessionSuite extends FarmTest {

    protected SessionSuite(Container container) {
        super(container);
    }

    @Override
    ClusterModule<Sessions> sessions() {
        return Sessions.module(s -> s.exclusive(SessionSuite::isExclusive));
    }

    private static boolean isExclusive(HttpServletRequest request) {
        return request.getQueryString() != null && request.getQueryString().endsWith("&exclusive");
    }

    @Test
    void whatOneServerStoresTheOtherReads() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/set?name=x&value=1");
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo("1");
        onB(browser, "/session/set?name=x&value=2");
        assertThat(onA(browser, "/session/get?name=x")).isEqualTo("2");
        onA(browser, "/session/remove?name=x");
        assertThat(onB(browser, "/session/names")).isEqualTo("[]");
    }

    @Test
    void aChangeInsideAnObjectOfTheApplicationsOwnClassIsStored() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/cart?item=pen");
        onB(browser, "/session/cart?item=ink");
        assertThat(onA(browser, "/session/cart?item=pad")).isEqualTo("[pen, ink, pad]");
    }

    @Test
    void isNewUntilTheClientComesBack() throws Exception {
        Browser browser = new Browser();
        assertThat(onA(browser, "/session/new")).isEqualTo("true");
        assertThat(onB(browser, "/session/new")).isEqualTo("false");
    }

    @Test
    void lastAccessedTimeIsThatOfThePreviousRequest() throws Exception {
        Browser browser = new Browser();
        long created = farm().time().clock().millis();
        assertThat(onA(browser, "/session/times")).isEqualTo(created + " " + created);
        farm().time().advance(Duration.ofMinutes(2));
        long second = farm().time().clock().millis();
        assertThat(onB(browser, "/session/times")).isEqualTo(created + " " + created);
        farm().time().advance(Duration.ofMinutes(3));
        assertThat(onA(browser, "/session/times")).isEqualTo(created + " " + second);
    }

    @Test
    void theContainersDefaultTimeoutHolds() throws Exception {
        Browser browser = new Browser();
        assertThat(onA(browser, "/session/timeout")).isEqualTo("1800");
        farm().time().advance(Duration.ofMinutes(30));
        assertThat(onB(browser, "/session/new")).as("exactly the timeout").isEqualTo("false");
        farm().time().advance(Duration.ofMinutes(30).plusMillis(1));
        assertThat(onA(browser, "/session/new")).isEqualTo("true");
    }

    @Test
    void theTimeoutOfOneSessionHoldsOnAllServers() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/timeout?seconds=60");
        assertThat(onB(browser, "/session/timeout")).isEqualTo("60");
        farm().time().advance(Duration.ofSeconds(61));
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo("none");

        Browser forever = new Browser();
        onA(forever, "/session/timeout?seconds=0");
        farm().time().advance(Duration.ofDays(30));
        assertThat(onB(forever, "/session/get?name=x")).as("zero never expires").isEqualTo("null");
    }

    @Test
    void anInvalidatedSessionIsGoneEverywhere() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/set?name=x&value=1");
        assertThat(onB(browser, "/session/invalidate")).isEqualTo("ended");
        assertThat(onA(browser, "/session/get?name=x")).isEqualTo("none");
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo("none");
    }

    @Test
    void invalidateAndCreateInOneRequestGivesAFreshId() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/set?name=x&value=1");
        String old = browser.cookie();
        assertThat(onB(browser, "/session/swap")).isEqualTo("true " + browser.cookie());
        assertThat(browser.cookie()).isNotEqualTo(old);
        assertThat(onA(browser, "/session/names")).isEqualTo("[y]");
    }

    @Test
    void anInvalidatedSessionRefuses() throws Exception {
        assertThat(onA(new Browser(), "/session/refusals")).isEqualTo("8 of 8, id kept: true");
    }

    @Test
    void anAttributeHasAName() throws Exception {
        assertThat(onA(new Browser(), "/session/nameless")).isEqualTo("4 of 4");
    }

    @Test
    void aSessionCannotBeCreatedAfterTheResponseIsCommitted() throws Exception {
        Browser browser = new Browser();
        assertThat(onA(browser, "/session/toolate")).isEqualTo("refused: true");
        assertThat(browser.cookie()).isNull();
    }

    @Test
    void aChangedIdKeepsTheAttributesAndTheOldOneOpensNothing() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/set?name=x&value=1");
        String old = browser.cookie();
        assertThat(onB(browser, "/session/changeid")).isEqualTo(browser.cookie());
        assertThat(browser.cookie()).isNotEqualTo(old);
        assertThat(onA(browser, "/session/get?name=x")).isEqualTo("1");
        assertThat(onA(Browser.with(old), "/session/get?name=x")).isEqualTo("none");
    }

    @Test
    void aRequestThatOverlapsAChangeOfIdKeepsItsIdAndItsWrite() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/set?name=x&value=1");
        String old = browser.cookie();
        String path = contextPath() + "/session/late?reached=overlap-reached&gate=overlap";
        CompletableFuture<HttpResponse<String>> late =
                Browser.with(old).begin(farm().b(), path, BodyHandlers.ofString());
        onB(new Browser(), "/session/pass?gate=overlap-reached");
        onA(browser, "/session/changeid");
        onB(new Browser(), "/session/open?gate=overlap");
        assertThat(late.get(20, TimeUnit.SECONDS).body()).isEqualTo(old);
        assertThat(onA(browser, "/session/get?name=late")).isEqualTo("kept");
    }

    @Test
    void exclusiveRequestsOfASessionOnTwoServersDoNotOverlap() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/set?name=x&value=1");
        String path = contextPath() + "/session/late?reached=turn-reached&gate=turn&exclusive";
        CompletableFuture<HttpResponse<String>> first =
                Browser.with(browser.cookie()).begin(farm().b(), path, BodyHandlers.ofString());
        onB(new Browser(), "/session/pass?gate=turn-reached");
        CompletableFuture<HttpResponse<String>> second = Browser.with(browser.cookie())
                .begin(farm().a(), contextPath() + "/session/get?name=late&exclusive", BodyHandlers.ofString());
        assertThat(onA(browser, "/session/get?name=late"))
                .as("a request that is not exclusive")
                .isEqualTo("null");
        assertThat(second).as("the other exclusive one").isNotDone();
        onB(new Browser(), "/session/open?gate=turn");
        assertThat(first.get(20, TimeUnit.SECONDS).body()).isEqualTo(browser.cookie());
        assertThat(second.get(20, TimeUnit.SECONDS).body()).isEqualTo("kept");
    }

    @Test
    void aRequestThatNeverAsksForTheSessionSetsNoCookie() throws Exception {
        Browser browser = new Browser();
        assertThat(onA(browser, "/session/static")).isEqualTo("no session asked for");
        assertThat(browser.cookie()).isNull();
    }

    @Test
    void anIdThatTheClientMadeUpIsNeverAdopted() throws Exception {
        String madeUp = "A".repeat(44);
        Browser browser = Browser.with(madeUp);
        assertThat(onA(browser, "/session/id")).isEqualTo(browser.cookie()).isNotEqualTo(madeUp);
    }

    @Test
    void theSessionKnowsItsApplication() throws Exception {
        assertThat(onA(new Browser(), "/session/context")).isEqualTo("/shop");
    }

    @Test
    void theApplicationMayComeBackToItOutsideOfARequest() throws Exception {
        assumeTrue(container().isServlet61());
        Browser browser = new Browser();
        onA(browser, "/session/accessor?gate=later");
        farm().time().advance(Duration.ofMinutes(29));
        onA(new Browser(), "/session/open?gate=later");
        onA(new Browser(), "/session/pass?gate=later-done");
        farm().time().advance(Duration.ofMinutes(29));
        assertThat(onB(browser, "/session/get?name=x"))
                .as("an access, like a request")
                .isEqualTo("later false");
    }

    @Test
    void onceItHasEndedNobodyComesBack() throws Exception {
        assumeTrue(container().isServlet61());
        Browser browser = new Browser();
        onA(browser, "/session/accessor?gate=ended");
        onB(browser, "/session/invalidate");
        onA(new Browser(), "/session/open?gate=ended");
        onA(new Browser(), "/session/pass?gate=ended-done");
        assertThat(onA(new Browser(), "/session/heard?id=" + browser.cookie())).contains("refused");
    }

    @Test
    void expressionLanguagesFindItsProperties() throws Exception {
        assertThat(onA(new Browser(), "/session/bean")).isEqualTo("true");
    }

    @Test
    void theCookieOfASecureRequestIsSecure() throws Exception {
        Browser browser = new Browser();
        String id = browser.securely(farm().a(), contextPath() + "/session/id").body();
        assertThat(browser.setCookies())
                .singleElement()
                .asString()
                .isEqualTo("JSESSIONID=" + id + "; Path=" + contextPath() + "; Secure; HttpOnly; SameSite=Lax");
        assertThat(browser.securely(farm().b(), contextPath() + "/session/id").body())
                .isEqualTo(id);
        assertThat(browser.setCookies()).isEmpty();
        Browser plain = new Browser();
        onA(plain, "/session/id");
        assertThat(plain.setCookies()).singleElement().asString().doesNotContain("Secure");
    }

    @Test
    void theCookieIsSafeByDefault() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/id");
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(browser.setCookies().get(0).split("; ?"))
                .hasSize(4)
                .contains("HttpOnly", "SameSite=Lax", "JSESSIONID=" + browser.cookie())
                .containsAnyOf("Path=/shop", "path=/shop");
        onB(browser, "/session/set?name=x&value=1");
        assertThat(browser.setCookies()).as("sent once").isEmpty();
    }
}
