package io.flotilla.health.internal.checks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.spi.HealthCheck.Result;
import io.flotilla.spi.HealthCheck.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SelfProbeTest {
    private final ServerSocket server;
    private final SelfProbe probe;

    SelfProbeTest() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        probe = new SelfProbe(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/health/live"));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void answer(String text) {
        answer(1, text);
    }

    /** Answers that many connections, those first that were left waiting; one that is not taken gets no answer. */
    private void answer(int connections, String text) {
        Thread thread = new Thread(() -> {
            for (int i = 0; i < connections; i++) {
                answerNext(text);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void answerNext(String text) {
        try (Socket socket = server.accept()) {
            BufferedReader request = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            String line = request.readLine();
            while (line != null && !line.isEmpty()) {
                line = request.readLine();
            }
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        } catch (IOException gone) {
            return; // one that was left waiting
        }
    }

    private Status check() {
        return probe.check().status();
    }

    @Test
    void anyAnswerWillDo() {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(probe.check()).isEqualTo(Result.UP);
        answer("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        assertThat(check()).isEqualTo(Status.UP);
        answer("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        assertThat(check()).isEqualTo(Status.UP);
    }

    @Test
    void aServerThatAcceptsAndSaysNothingIsDownAfterThreeProbes() {
        assertThat(check()).isEqualTo(Status.DEGRADED);
        assertThat(check()).isEqualTo(Status.DEGRADED);
        assertThat(check()).isEqualTo(Status.DOWN);
    }

    @Test
    void aPortThatRefusesIsDownUntilItAnswersOnce() throws IOException {
        int port = server.getLocalPort();
        server.close();
        for (int i = 0; i < 9; i++) {
            assertThat(check()).isEqualTo(i < 2 ? Status.DEGRADED : Status.DOWN);
        }
        SelfProbe other = new SelfProbe(URI.create("http://127.0.0.1:" + port));
        assertThat(other.check().status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void oneAnswerStartsTheCountAnew() {
        check();
        check();
        answer(3, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(check()).isEqualTo(Status.UP);
        assertThat(check()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void whatIsNotHttpIsNoAnswer() {
        answer("SSH-2.0-OpenSSH\r\n\r\n");
        assertThat(check()).isEqualTo(Status.DEGRADED);
    }
}
