package io.flotilla.internal.security;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Bare TCP connections to a member that stay open until the test ends. */
final class Strangers implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();

    Socket dial(int port) throws IOException {
        return dial(Intruder.LOOPBACK, port);
    }

    Socket dial(InetAddress from, int port) throws IOException {
        Socket socket = Intruder.dial(from, port);
        sockets.add(socket);
        return socket;
    }

    @Override
    public void close() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
    }
}
