package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
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
    void theCookieOfAUserWhoKeepsComingIsSentAnewBeforeItsAgeIsOver() throws Exception {
        Browser browser = new Browser("SHOP");
        onA(browser, "/session/id");
        List<String> first = browser.setCookies();
        int sent = 0;
        for (int seconds = 0; seconds < 1200; seconds += 30) {
            assertThat(onA(browser, "/session/id")).isEqualTo(browser.cookie());
            sent += browser.setCookies().size();
            assertThat(browser.setCookies()).isSubsetOf(first);
            farm().time().advance(Duration.ofSeconds(30));
        }
        assertThat(sent).isEqualTo(19);
        HttpResponse<String> next = get(browser, farm().a(), "/session/id");
        assertThat(browser.setCookies()).isEqualTo(first);
        assertThat(next.headers().allValues("Cache-Control")).containsExactly("no-cache=\"Set-Cookie\"");
        HttpResponse<String> after = get(browser, farm().a(), "/session/id");
        assertThat(browser.setCookies()).isEmpty();
        assertThat(after.headers().allValues("Cache-Control")).isEmpty();
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
