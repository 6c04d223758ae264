package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The application has configured its cookie, and wants nothing else. */
public abstract class CookieSuite extends FarmTest {

    protected CookieSuite(Container container) {
        super(container);
    }

    @Override
    String descriptor() {
        return """
                <session-config>
                  <session-timeout>7</session-timeout>
                  <cookie-config>
                    <name>SHOP</name>
                    <domain>example.org</domain>
                    <path>/shop/session</path>
                    <http-only>false</http-only>
                    <secure>true</secure>
                    <max-age>600</max-age>
                    <attribute>
                      <attribute-name>SameSite</attribute-name>
                      <attribute-value>None</attribute-value>
                    </attribute>
                    <attribute>
                      <attribute-name>Partitioned</attribute-name>
                      <attribute-value>true</attribute-value>
                    </attribute>
                    <attribute>
                      <attribute-name>Priority</attribute-name>
                      <attribute-value>High</attribute-value>
                    </attribute>
                  </cookie-config>
                  <tracking-mode>COOKIE</tracking-mode>
                </session-config>
                """;
    }

    @Test
    void theCookieIsAsConfiguredAndHttpOnlyInAnyCase() throws Exception {
        Browser browser = new Browser("SHOP");
        onA(browser, "/session/id");
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(browser.setCookies().get(0).split("; ?"))
                .containsExactlyInAnyOrder(
                        "SHOP=" + browser.cookie(),
                        "Domain=example.org",
                        "Path=/shop/session",
                        "HttpOnly",
                        "Secure",
                        "Max-Age=600",
                        "SameSite=None",
                        "Partitioned",
                        "Priority=High");
        assertThat(onB(browser, "/session/id")).isEqualTo(browser.cookie());
        assertThat(browser.setCookies()).isEmpty();
    }

    @Test
    void theTimeoutIsAsConfigured() throws Exception {
        assertThat(onA(new Browser("SHOP"), "/session/timeout")).isEqualTo("420");
    }

    @Test
    void linksArePlainAndIdsInPathsAreIgnored() throws Exception {
        Browser browser = new Browser("SHOP");
        String id = onA(browser, "/session/id");
        assertThat(onA(new Browser(), "/session/link?create=true&to=/shop/x")).isEqualTo("/shop/x /shop/x");
        assertThat(onB(new Browser(), "/session/requested;SHOP=" + id))
                .isEqualTo("null valid=false cookie=false url=false");
        assertThat(onB(new Browser(), "/session/requested;jsessionid=" + id))
                .isEqualTo("null valid=false cookie=false url=false");
    }

    @Test
    void aChangedIdIsSentOnce() throws Exception {
        Browser browser = new Browser("SHOP");
        onA(browser, "/session/newid");
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(onB(browser, "/session/id")).isEqualTo(browser.cookie());
    }
}
