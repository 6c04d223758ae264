package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that go on after their servlet has returned. */
public abstract class AsyncSuite extends FarmTest {

    protected AsyncSuite(Container container) {
        super(container);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/complete", "/start", "/quick", "/dispatch", "/nonblocking"})
    void whatAnotherThreadStoredIsThereWhenTheResponseIs(String how) throws Exception {
        for (int i = 0; i < 10; i++) {
            Browser browser = new Browser();
            assertThat(get(browser, farm().a(), "/async" + how).statusCode()).isEqualTo(200);
            assertThat(browser.setCookies()).hasSize(1);
            assertThat(onB(browser, "/session/get?name=x")).isEqualTo(how);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/timeout", "/forgotten"})
    void whatAListenerStoresAtATimeoutIsKept(String how) throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/id");
        int status = get(browser, farm().a(), "/async" + how).statusCode();
        assertThat(status).isEqualTo(how.equals("/timeout") ? 200 : 500);
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo("timed out");
    }

    @Test
    void whatAFailingAsynchronousRequestStoredIsKept() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/id");
        try {
            assertThat(get(browser, farm().a(), "/async/fail").statusCode()).isEqualTo(500);
        } catch (IOException unanswered) {
            // Tomcat 10.1 closes the connection, with and without Flotilla.
        }
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo("/fail");
    }

    @Test
    void aContextKnowsWhetherTheApplicationWrappedItsRequest() throws Exception {
        assertThat(onA(new Browser(), "/async/original")).isEqualTo("true true");
        assertThat(onA(new Browser(), "/async/wrapped")).isEqualTo("false false");
    }

    @Test
    void eachServerSentEventStoresWhatCameBeforeIt() throws Exception {
        Browser browser = new Browser();
        CompletableFuture<HttpResponse<InputStream>> response =
                browser.begin(farm().a(), contextPath() + "/async/events?gate=sse", BodyHandlers.ofInputStream());
        try (BufferedReader events = new BufferedReader(
                new InputStreamReader(response.get(20, TimeUnit.SECONDS).body(), StandardCharsets.UTF_8))) {
            assertThat(events.readLine()).isEqualTo("data: first");
            assertThat(events.readLine()).isEmpty();
            assertThat(onB(browser, "/session/get?name=x")).isEqualTo("first");
            onA(new Browser(), "/session/open?gate=sse");
            assertThat(events.readLine()).isEqualTo("data: second");
            assertThat(events.readLine()).isEmpty();
            assertThat(onB(browser, "/session/get?name=x")).isEqualTo("second");
            onA(new Browser(), "/session/open?gate=sse2");
            assertThat(events.readLine()).as("the end").isNull();
        }
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo("/events");
    }
}
