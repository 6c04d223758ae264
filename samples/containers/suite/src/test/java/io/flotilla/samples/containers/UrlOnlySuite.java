package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The application wants no cookies. */
public abstract class UrlOnlySuite extends FarmTest {

    protected UrlOnlySuite(Container container) {
        super(container);
    }

    @Override
    String descriptor() {
        return "<session-config><tracking-mode>URL</tracking-mode></session-config>";
    }

    @Override
    String contextPath() {
        return "";
    }

    @Test
    void noCookieIsSent() throws Exception {
        Browser browser = new Browser();
        String id = onA(browser, "/session/id");
        assertThat(browser.setCookies()).isEmpty();
        assertThat(onB(browser, "/session/id;jsessionid=" + id)).isEqualTo(id);
    }

    @Test
    void noCookieIsRead() throws Exception {
        String id = onA(new Browser(), "/session/id");
        assertThat(onB(Browser.with(id), "/session/requested")).isEqualTo("null valid=false cookie=false url=false");
    }

    @Test
    void linksCarryTheId() throws Exception {
        assertThat(onA(new Browser(), "/session/link?create=true&to=/x")).startsWith("/x;jsessionid=");
    }

    @Test
    void aSessionMayBeCreatedAfterTheResponseIsCommitted() throws Exception {
        assertThat(onA(new Browser(), "/session/toolate")).isEqualTo("refused: false");
    }
}
