package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One application calls another one of the same server. */
public abstract class OtherContextSuite extends FarmTest {

    protected OtherContextSuite(Container container) {
        super(container);
    }

    /** The first has a cookie for its own paths, the second one of the same name for all. */
    @Override
    List<String> others() {
        return List.of("/other", "/roaming");
    }

    private static String cookie(Browser browser, String path) {
        return browser.setCookies().stream()
                .filter(each -> each.contains("; Path=" + path + ";"))
                .map(each -> each.substring(each.indexOf('=') + 1, each.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/otherforward", "/otherinclude"})
    void eachHasASessionOfItsOwn(String how) throws Exception {
        Browser browser = new Browser();
        assertThat(onA(browser, "/dispatch" + how + "?to=/roaming&x=1")).isEqualTo("1 beside null");
        assertThat(browser.setCookies()).hasSize(2);
        Browser both = Browser.with(cookie(browser, "/shop") + "; JSESSIONID=" + cookie(browser, "/"));
        assertThat(onB(both, "/dispatch" + how + "?to=/roaming&x=2")).isEqualTo("2 beside null");
        assertThat(both.setCookies()).isEmpty();
        assertThat(onA(both, "/session/get?name=x")).isEqualTo("2");
        assertThat(onA(both, "/session/names")).isEqualTo(how.equals("/otherforward") ? "[x]" : "[x, z]");
        assertThat(both.body(farm().a(), "/roaming/session/get?name=count")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/otherforward", "/otherinclude"})
    void oneWhoseCookieDoesNotComeAlongHasASessionForTheCallOnly(String how) throws Exception {
        Browser other = new Browser();
        assertThat(other.body(farm().a(), "/other/dispatch/count")).isEqualTo("1 beside null");
        Browser browser = new Browser();
        for (int i = 0; i < 2; i++) {
            assertThat(onA(browser, "/dispatch" + how + "?to=/other&x=1")).isEqualTo("1 beside null");
            assertThat(browser.setCookies())
                    .as("none for /other, where another session may be")
                    .hasSize(1 - i);
        }
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo("1");
        assertThat(other.body(farm().b(), "/other/dispatch/count")).isEqualTo("2 beside null");
    }
}
