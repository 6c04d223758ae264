package io.flotilla.benchmarks.sessions;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/** TCP ports of the loopback address. */
final class Ports {
    /** Below the range from which the kernel takes ports for outgoing connections, which could grab one any time. */
    private static final int LOWEST = 12_000;

    private static final int HIGHEST = 32_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ports() {}

    /** One that is free now. */
    static int free() {
        while (true) {
            int port = LOWEST + RANDOM.nextInt(HIGHEST - LOWEST);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                // Another one then.
            }
        }
    }
}
