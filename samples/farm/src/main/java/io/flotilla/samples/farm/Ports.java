package io.flotilla.samples.farm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** TCP ports of this machine's loopback address. */
final class Ports {
    /** Below the range from which the kernel takes ports for outgoing connections, which could grab one any time. */
    private static final int LOWEST = 12_000;

    private static final int HIGHEST = 32_000;

    private Ports() {}

    /**
     * Checks that nobody listens on the ports.
     *
     * @throws FarmFailure if somebody does; names the port
     */
    static void requireFree(List<Integer> ports) {
        for (int port : ports) {
            if (!isFree(port)) {
                throw FarmFailure.cannotStart("port " + port + " is in use");
            }
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as servers do: a connection that lingers is not in the way
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Finds ports that are free now, at random, so that farms side by side do not meet. */
    static List<Integer> find(int count) {
        SecureRandom random = new SecureRandom();
        Set<Integer> found = new LinkedHashSet<>();
        while (found.size() < count) {
            int port = LOWEST + random.nextInt(HIGHEST - LOWEST);
            if (isFree(port)) {
                found.add(port);
            }
        }
        return new ArrayList<>(found);
    }
}
