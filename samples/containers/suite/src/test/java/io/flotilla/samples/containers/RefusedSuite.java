package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.sessions.Sessions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that wants what sessions of a cluster cannot give is not served. */
@Tag("cluster")
public abstract class RefusedSuite {
    private final Container container;

    protected RefusedSuite(Container container) {
        this.container = container;
    }

    @Test
    void noSessionsByTls(@TempDir Path webapp) throws Exception {
        WebApp.explode(webapp, "<session-config><tracking-mode>SSL</tracking-mode></session-config>");
        if (container.startsNoTlsSessions()) {
            assertThatThrownBy(() -> start(webapp)).hasMessageContaining("did not start");
            return;
        }
        Farm farm = start(webapp);
        try {
            Browser browser = new Browser();
            int status = browser.securely(farm.a(), "/shop/session/id").statusCode();
            assertThat(status).isEqualTo(container.knowsTlsSessions() ? 500 : 200);
            assertThat(browser.setCookies()).isEmpty();
        } finally {
            farm.stop();
        }
    }

    private Farm start(Path webapp) throws Exception {
        return new Farm(container, webapp, List.of("/shop"), Sessions.module());
    }
}
