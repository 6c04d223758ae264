package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** WebSockets: the session of a request that becomes a connection. */
public abstract class SocketSuite extends FarmTest {

    protected SocketSuite(Container container) {
        super(container);
    }

    /** Shakes hands with the first server. */
    private WireSocket open(String query, @Nullable String cookie) throws IOException {
        return new WireSocket(farm().a(), contextPath() + "/socket" + query, cookie);
    }

    private WireSocket opened(Browser browser) throws IOException {
        WireSocket socket = open("", browser.cookie());
        assertThat(socket.head()).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    /** Who has a session, with {@code x=1}, on the second server. */
    private Browser visitor() throws Exception {
        Browser browser = new Browser();
        onB(browser, "/session/set?name=x&value=1");
        return browser;
    }

    @Test
    void theEndpointGetsTheSessionOfItsHandshake() throws Exception {
        try (WireSocket socket = opened(visitor())) {
            assertThat(socket.receive()).isEqualTo("opened with 1");
            assertThat(socket.ask("get")).isEqualTo("1");
        }
    }

    @Test
    void whatIsStoredBeforeTheHandshakeIsThereWhenItsAnswerIs() throws Exception {
        Browser browser = visitor();
        assertThat(headAsSoonAsItComes("stored", browser.cookie())).doesNotContain("Set-Cookie");
        assertThat(onB(browser, "/session/get?name=x")).isEqualTo("2");
    }

    @Test
    void aSessionMayBeginWithAHandshake() throws Exception {
        String head = headAsSoonAsItComes("begun", null);
        List<String> cookies =
                head.lines().filter(each -> each.startsWith("Set-Cookie: ")).toList();
        assertThat(cookies).hasSize(1);
        String cookie = cookies.get(0).replaceAll("Set-Cookie: JSESSIONID=([^;]*);.*", "$1");
        assertThat(onB(Browser.with(cookie), "/session/get?name=x")).isEqualTo("2");
    }

    /** Of a handshake that stores {@code x=2}; before its request is over, where the container sends it then. */
    private String headAsSoonAsItComes(String gate, @Nullable String cookie) throws Exception {
        try (WireSocket socket = open("?x=2&gate=socket-" + gate, cookie)) {
            if (!socket.isAnswered()) {
                onA(new Browser(), "/session/open?gate=socket-" + gate);
            }
            return socket.head();
        }
    }

    @Test
    void whatTheConfiguratorStoresIsThereWhenTheConnectionIs() throws Exception {
        Browser browser = visitor();
        try (WireSocket socket = opened(browser)) {
            assertThat(socket.receive()).startsWith("opened");
            assertThat(onB(browser, "/session/get?name=handshake")).isEqualTo("seen");
        }
    }

    @Test
    void laterTheEndpointIsToldThatWhatItSetsWouldBeLost() throws Exception {
        Browser browser = visitor();
        try (WireSocket socket = opened(browser)) {
            socket.receive();
            assertThat(socket.ask("set")).isEqualTo("refused");
            assertThat(onB(browser, "/session/get?name=x")).isEqualTo("1");
        }
    }

    @Test
    void anAccessorStoresFromWithinTheConnectionAndKeepsTheSessionAlive() throws Exception {
        assumeTrue(container().isServlet61());
        Browser browser = visitor();
        try (WireSocket socket = opened(browser)) {
            socket.receive();
            farm().time().advance(Duration.ofMinutes(29));
            assertThat(socket.ask("access")).isEqualTo("stored");
            farm().time().advance(Duration.ofMinutes(29));
            assertThat(onB(browser, "/session/get?name=x")).isEqualTo("accessed");
            onB(browser, "/session/invalidate");
            assertThat(socket.ask("access")).isEqualTo("refused");
        }
    }
}
