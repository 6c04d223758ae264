package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One request over several servlets. */
public abstract class DispatchSuite extends FarmTest {

    protected DispatchSuite(Container container) {
        super(container);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/forward", "/error", "/throw"})
    void theTargetHasTheSessionOfTheSource(String how) throws Exception {
        Browser browser = new Browser();
        assertThat(onA(browser, "/dispatch" + how + "?x=1")).isEqualTo("page 1");
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(onB(browser, "/session/names")).isEqualTo("[x, y]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/forward", "/error", "/throw"})
    void theTargetMayCreateTheSession(String how) throws Exception {
        Browser browser = new Browser();
        assertThat(onA(browser, "/dispatch" + how)).isEqualTo("page null");
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(onB(browser, "/session/names")).isEqualTo("[y]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?x=1"})
    void anIncludedPartMayCreateTheSession(String query) throws Exception {
        Browser browser = new Browser();
        assertThat(onA(browser, "/dispatch/include" + query))
                .startsWith("page ")
                .endsWith(" rest");
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(onB(browser, "/session/names")).isEqualTo(query.isEmpty() ? "[y, z]" : "[x, y, z]");
    }

    @Test
    void theTargetOfAForwardMayChangeTheId() throws Exception {
        Browser browser = new Browser();
        String first = onA(browser, "/session/id");
        assertThat(onB(browser, "/dispatch/changeid")).isEqualTo(browser.cookie());
        assertThat(browser.cookie()).isNotEqualTo(first);
        assertThat(onA(browser, "/session/id")).isEqualTo(browser.cookie());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?x=1"})
    void anErrorPageThatFailsItselfKeepsWhatItStored(String query) throws Exception {
        Browser browser = new Browser();
        assertThat(get(browser, farm().a(), "/dispatch/broken" + query).statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(onB(browser, "/session/names")).isEqualTo(query.isEmpty() ? "[y]" : "[x, y]");
    }

    @Test
    void anErrorWithinAnIncludeLosesNothing() throws Exception {
        Browser browser = new Browser();
        get(browser, farm().a(), "/dispatch/includederror?x=1");
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(onB(browser, "/session/names")).contains("x", "z");
    }

    @Test
    void anIncludedPartThatSendsTheResponseMayCreateTheSession() throws Exception {
        Browser browser = new Browser();
        assertThat(onA(browser, "/dispatch/includebig")).hasSize(100_000);
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(onB(browser, "/session/names")).isEqualTo("[y, z]");
    }

    @Test
    void anErrorPageMayEndTheSessionAndBeginAnother() throws Exception {
        Browser browser = new Browser();
        String first = onA(browser, "/session/id");
        get(browser, farm().b(), "/dispatch/fresh?x=1");
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(browser.cookie()).isNotEqualTo(first);
        assertThat(onA(browser, "/session/names")).isEqualTo("[y]");
        assertThat(onA(Browser.with(first), "/session/get?name=x")).isEqualTo("none");
    }
}
