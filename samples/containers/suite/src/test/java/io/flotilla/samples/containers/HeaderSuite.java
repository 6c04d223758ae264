package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.sessions.Sessions;
import io.flotilla.spi.ClusterModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that are no browsers have their session's id in a header, beside browsers with their cookies. */
public abstract class HeaderSuite extends FarmTest {
    private static final String HEADER = "X-Auth-Token";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    protected HeaderSuite(Container container) {
        super(container);
    }

    @Override
    ClusterModule<Sessions> sessions() {
        return Sessions.module(s -> s.header(HEADER));
    }

    private HttpResponse<String> send(RunningContainer server, String path, String id)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + contextPath() + path))
                .header(HEADER, id)
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        return response;
    }

    private static List<String> answered(HttpResponse<String> response) {
        return response.headers().allValues(HEADER);
    }

    @Test
    void theIdIsAnsweredInTheHeaderWhenASessionBegins() throws Exception {
        HttpResponse<String> first = send(farm().a(), "/session/id", "");
        assertThat(answered(first)).containsExactly(first.body());
        assertThat(first.headers().allValues("Cache-Control")).containsExactly("no-store");

        HttpResponse<String> second = send(farm().b(), "/session/id", first.body());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(answered(second)).isEmpty();
    }

    @Test
    void aChangedIdIsAnswered() throws Exception {
        String id = send(farm().a(), "/session/id", "").body();
        HttpResponse<String> changed = send(farm().b(), "/session/changeid", id);
        assertThat(changed.body()).isNotEqualTo(id);
        assertThat(answered(changed)).containsExactly(changed.body());
        assertThat(send(farm().a(), "/session/id", changed.body()).body()).isEqualTo(changed.body());
    }

    @Test
    void theEndIsAnsweredByAnEmptyHeader() throws Exception {
        String id = send(farm().a(), "/session/id", "").body();
        HttpResponse<String> ended = send(farm().b(), "/session/invalidate", id);
        assertThat(ended.body()).isEqualTo("ended");
        assertThat(answered(ended)).containsExactly("");
    }

    @Test
    void aSessionThatAnIncludedPartCreatesIsAnswered() throws Exception {
        HttpResponse<String> page = send(farm().a(), "/dispatch/includebig", "");
        assertThat(answered(page)).hasSize(1);
        assertThat(send(farm().b(), "/session/get?name=y", answered(page).get(0))
                        .body())
                .isEqualTo("2");
        assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void whatTheHeaderSaysGoesBeforeTheUrl() throws Exception {
        String id = send(farm().a(), "/session/id", "").body();
        String other = send(farm().a(), "/session/id", "").body();
        assertThat(send(farm().b(), "/session/requested;jsessionid=" + other, id)
                        .body())
                .isEqualTo(id + " valid=true cookie=false url=false");
        assertThat(send(farm().b(), "/session/link?to=next", id).body()).isEqualTo("next next");
    }

    @Test
    void browsersHaveTheirCookieAndLearnNothingFromTheHeader() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> first = get(browser, farm().a(), "/session/id");
        assertThat(browser.setCookies()).hasSize(1);
        assertThat(answered(first)).isEmpty();
        assertThat(onB(browser, "/session/id")).isEqualTo(first.body());
    }
}
