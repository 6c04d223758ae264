package io.flotilla.samples.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.sessions.Sessions;
import io.flotilla.spi.ClusterModule;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share two servers of one kind; each test brings browsers of its own. */
@Tag("cluster")
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(QuietLog.class)
abstract class FarmTest {
    private final Container container;
    private Farm farm;

    FarmTest(Container container) {
        this.container = container;
    }

    /** What the application's descriptor says beyond its servlets. */
    String descriptor() {
        return "";
    }

    String contextPath() {
        return "/shop";
    }

    /** Where the same application is deployed once more. */
    List<String> others() {
        return List.of();
    }

    /** The module with the settings that these tests need. */
    ClusterModule<Sessions> sessions() {
        return Sessions.module();
    }

    @BeforeAll
    void start(@TempDir Path webapp) throws Exception {
        WebApp.explode(webapp, descriptor());
        List<String> contextPaths = new ArrayList<>(others());
        contextPaths.add(contextPath());
        farm = new Farm(container, webapp, contextPaths, sessions());
    }

    /** Quickly: a request that the session filter had lost count of would hold up the end. */
    @AfterAll
    void stop() {
        Assertions.assertTimeout(Duration.ofSeconds(20), farm::stop);
    }

    @AfterEach
    void theContainersHaveNoSessionsOfTheirOwn() {
        assertThat(farm.a().ownSessions()).isZero();
        assertThat(farm.b().ownSessions()).isZero();
    }

    final Container container() {
        return container;
    }

    final Farm farm() {
        return farm;
    }

    final String onA(Browser browser, String path) throws IOException, InterruptedException {
        return browser.body(farm.a(), contextPath() + path);
    }

    final String onB(Browser browser, String path) throws IOException, InterruptedException {
        return browser.body(farm.b(), contextPath() + path);
    }

    final HttpResponse<String> get(Browser browser, RunningContainer server, String path)
            throws IOException, InterruptedException {
        return browser.get(server, contextPath() + path);
    }
}
