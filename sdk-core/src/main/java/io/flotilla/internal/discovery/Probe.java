package io.flotilla.internal.discovery;

import com.hazelcast.cluster.Address;
import io.flotilla.internal.SystemTime;
import io.flotilla.spi.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Connects to members that were not joined, once each and without a word, to say what is in the way. */
final class Probe {
    private static final int PATIENCE_MILLIS = 1_000;

    /** For all of them: a report must not wait for a long list of hosts that are gone. */
    private final Deadline deadline = Deadline.in(Duration.ofSeconds(4), SystemTime.TICKER);

    /** What a connection comes to now; {@code why} it was of no use, if it can be made. */
    String of(Address address, String why) {
        if (deadline.passed()) {
            return "not tried again";
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getInetAddress(), address.getPort()), PATIENCE_MILLIS);
            return "listens; " + why;
        } catch (SocketTimeoutException late) {
            return "timed out";
        } catch (ConnectException refused) {
            return "refused";
        } catch (IOException unreachable) {
            return "unreachable: " + unreachable.getMessage();
        }
    }
}
