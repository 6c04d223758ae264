package io.flotilla.internal.security;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens where a newcomer looks for a member, and lies to it once TLS is done; then hears what the newcomer says. */
final class FalseSeed implements AutoCloseable {

    /** What it tells each newcomer. */
    interface Lie {
        void tell(Intruder newcomer) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 50, Intruder.LOOPBACK);
    private final List<String> heard = new CopyOnWriteArrayList<>();

    FalseSeed(Lie lie) throws IOException {
        Thread acceptor = new Thread(() -> acceptAll(lie));
        acceptor.setDaemon(true);
        acceptor.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** What the newcomers said after the lie, a string a connection. */
    List<String> heard() {
        return heard;
    }

    private void acceptAll(Lie lie) {
        while (!server.isClosed()) {
            try (Socket accepted = server.accept();
                    Intruder newcomer = Intruder.answer(accepted)) {
                lie.tell(newcomer);
                heard.add(new String(newcomer.readToTheEnd(), StandardCharsets.ISO_8859_1));
            } catch (IOException gone) {
                // the newcomer, or the test
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
