package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Both transports of the id are on, as in every container that nobody has told otherwise. */
public abstract class UrlSuite extends FarmTest {

    protected UrlSuite(Container container) {
        super(container);
    }

    /** A client that takes no cookies. */
    private String withoutCookies(RunningContainer server, String path) throws Exception {
        return new Browser().body(server, contextPath() + path);
    }

    private String link(String path, String to) throws Exception {
        return withoutCookies(farm().a(), path + "?create=true&to=" + to).split(" ", -1)[0];
    }

    @Test
    void aLinkCarriesTheIdOfANewSessionToTheOtherServer() throws Exception {
        String link = link("/session/link", "/shop/session/set%3Fname=x%26value=1");
        assertThat(link).matches("/shop/session/set;jsessionid=[A-Za-z0-9_-]{44}\\?name=x&value=1");
        assertThat(new Browser().body(farm().b(), link)).isEqualTo("set");
        String read = link.replace("set;", "get;");
        assertThat(new Browser().body(farm().a(), read)).isEqualTo("1");
    }

    @Test
    void bothKindsOfLinksAreEncodedAlike() throws Exception {
        String[] links =
                withoutCookies(farm().a(), "/session/link?create=true&to=id").split(" ", -1);
        assertThat(links[0]).startsWith("id;jsessionid=").isEqualTo(links[1]);
    }

    @Test
    void aRequestWithTheIdInItsPathIsServedLikeAnyOther() throws Exception {
        String link = link("/session/link", "/shop/session/requested");
        String id = link.substring(link.indexOf('=') + 1);
        assertThat(new Browser().body(farm().b(), link)).isEqualTo(id + " valid=true cookie=false url=true");
        Browser browser = new Browser();
        assertThat(browser.body(farm().b(), link.replace("requested", "id"))).isEqualTo(id);
        assertThat(browser.setCookies()).isEmpty();
    }

    @Test
    void aLinkOfARequestWithTheIdInItsPathHasItToo() throws Exception {
        String link = link("/session/link", "/shop/session/link");
        String id = link.substring(link.indexOf(';'));
        assertThat(new Browser().body(farm().b(), link + "?to=get")).isEqualTo("get" + id + " get" + id);
    }

    @Test
    void aClientThatReturnsTheCookieGetsPlainLinks() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/id");
        assertThat(onB(browser, "/session/link?to=/shop/x")).isEqualTo("/shop/x /shop/x");
    }

    @Test
    void withoutASessionLinksArePlain() throws Exception {
        assertThat(withoutCookies(farm().a(), "/session/link?to=/shop/x")).isEqualTo("/shop/x /shop/x");
    }

    @Test
    void linksToElsewhereDoNotCarryTheId() throws Exception {
        for (String each : new String[] {
            "/other/x",
            "http://example.org/shop/x",
            "//example.org/shop/x",
            "mailto:a@example.org",
            "%23top",
            "../../other"
        }) {
            assertThat(link("/session/link", each)).doesNotContain("jsessionid");
        }
    }

    @Test
    void absoluteLinksToTheApplicationCarryTheId() throws Exception {
        String own = "http://127.0.0.1:" + farm().a().port();
        assertThat(link("/session/link", own + "/shop/x%23part"))
                .startsWith(own + "/shop/x;jsessionid=")
                .endsWith("#part");
        assertThat(link("/session/link", own + "/shopping")).doesNotContain("jsessionid");
    }

    @Test
    void theCookieGoesBeforeThePath() throws Exception {
        String foreign = link("/session/link", "/shop/session/requested");
        Browser browser = new Browser();
        String own = onA(browser, "/session/id");
        assertThat(browser.body(farm().b(), foreign)).isEqualTo(own + " valid=true cookie=true url=false");
    }

    @Test
    void whatAClientSendsIsToldAsItIs() throws Exception {
        assertThat(onA(new Browser(), "/session/requested")).isEqualTo("null valid=false cookie=false url=false");
        assertThat(onA(Browser.with("unknown"), "/session/requested"))
                .isEqualTo("unknown valid=false cookie=true url=false");
        assertThat(withoutCookies(farm().a(), "/session/requested;jsessionid=unknown"))
                .isEqualTo("unknown valid=false cookie=false url=true");
        Browser browser = new Browser();
        String old = onA(browser, "/session/id");
        onB(browser, "/session/changeid");
        assertThat(onA(Browser.with(old), "/session/requested")).isEqualTo(old + " valid=false cookie=true url=false");
        onB(browser, "/session/invalidate");
        assertThat(onA(browser, "/session/requested"))
                .isEqualTo(browser.cookie() + " valid=false cookie=true url=false");
    }

    @Test
    void theLivingOneOfSeveralCookiesIsTheRequestedOne() throws Exception {
        Browser browser = new Browser();
        String good = onA(browser, "/session/id");
        for (String each : new String[] {
            "A".repeat(44) + "; JSESSIONID=" + good,
            good + "; JSESSIONID=" + "A".repeat(44),
            "short; JSESSIONID=" + good
        }) {
            assertThat(onB(Browser.with(each), "/session/requested"))
                    .isEqualTo(good + " valid=true cookie=true url=false");
        }
    }
}
