package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever sends the first byte of a response, the session is stored before. */
public abstract class CommitSuite extends FarmTest {

    protected CommitSuite(Container container) {
        super(container);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/flushbuffer",
                "/flushwriter",
                "/flushstream",
                "/closewriter",
                "/closestream",
                "/fullwriter",
                "/fullstream",
                "/length",
                "/lengthheader",
                "/redirect",
                "/trailer",
                "/error",
                "/message",
                "/onewrite1000",
                "/onewrite5000",
                "/onewrite10000",
                "/onewrite20000",
                "/onetext10000",
                "/setbuffer",
                "/resetbuffer",
                "/reset"
            })
    void theOtherServerSeesTheSessionAsSoonAsTheClientSeesTheResponse(String how) throws Exception {
        assertStoredBeforeSent(how);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/redirect307", "/redirectkeep", "/redirect308keep", "/buffer"})
    void soItIsWithWhatCameWithServlet61(String how) throws Exception {
        assumeTrue(container().isServlet61());
        assertStoredBeforeSent(how);
    }

    private void assertStoredBeforeSent(String how) throws Exception {
        String gate = "commit" + how;
        Browser browser = new Browser();
        CompletableFuture<HttpResponse<InputStream>> response = browser.begin(
                farm().a(), contextPath() + "/response" + how + "?gate=" + gate, BodyHandlers.ofInputStream());
        if (!comesBeforeTheRequestIsOver(response)) {
            onA(new Browser(), "/session/open?gate=" + gate);
        }
        response.get(20, TimeUnit.SECONDS);
        assertThat(browser.setCookies()).as("in this response").hasSize(1);
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo(how);

        onA(new Browser(), "/session/open?gate=" + gate);
        response.get().body().readAllBytes();
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo(how);
    }

    /** Some containers keep redirects and errors until the servlet has returned. */
    private static boolean comesBeforeTheRequestIsOver(CompletableFuture<?> response) throws Exception {
        try {
            response.get(500, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException kept) {
            return false;
        }
    }

    @Test
    void aHeadRequestStoresToo() throws Exception {
        Browser browser = new Browser();
        assertThat(browser.send("HEAD", farm().a(), contextPath() + "/response/fullstream")
                        .statusCode())
                .isEqualTo(200);
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo("/fullstream");
    }

    @Test
    void aResponseThatNobodySendsIsSentByTheContainer() throws Exception {
        Browser browser = new Browser();
        assertThat(onA(browser, "/response/plain")).isEqualTo("page");
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo("/plain");
    }
}
