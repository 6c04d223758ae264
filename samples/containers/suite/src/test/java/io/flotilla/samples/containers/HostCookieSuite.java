package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The host has configured the sessions' cookies, beside the application: its name {@code HOST}, the domain
 * {@code example.org}, and a path that ends in a slash.
 */
public abstract class HostCookieSuite extends FarmTest {

    protected HostCookieSuite(Container container) {
        super(container);
    }

    @Override
    String descriptor() {
        return "<session-config><cookie-config><name>APP</name></cookie-config></session-config>";
    }

    @Test
    void theHostsWordHoldsMoreThanTheApplications() throws Exception {
        Browser browser = new Browser("HOST");
        onA(browser, "/session/id");
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(browser.setCookies().get(0).split("; ?"))
                .containsExactlyInAnyOrder(
                        "HOST=" + browser.cookie(), "Domain=example.org", "Path=/shop/", "HttpOnly", "SameSite=Lax");
        assertThat(onB(browser, "/session/id")).isEqualTo(browser.cookie());
    }

    @Test
    void linksUseTheNameToo() throws Exception {
        assertThat(onA(new Browser("HOST"), "/session/link?create=true&to=id")).startsWith("id;HOST=");
    }
}
