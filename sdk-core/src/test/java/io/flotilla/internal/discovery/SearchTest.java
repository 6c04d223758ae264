package io.flotilla.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cluster.Address;
import io.flotilla.Discovery;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(30)
@ExtendWith(CleanSlate.class)
final class SearchTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Address SELF = new Address(LOOPBACK, 5701);

    private final Names names = Names.of("web", "192.0.2.1", "192.0.2.2");

    @Test
    void aNameStandsForAllItsAddressesAndUnknownOnesForNone() throws UnknownHostException {
        Search search = new Search(Discovery.members("web:5701", "gone:5701", "192.0.2.3:5702"), names());

        assertThat(search.addresses())
                .containsExactly(
                        new Address("192.0.2.1", 5701), new Address("192.0.2.2", 5701), new Address("192.0.2.3", 5702));
    }

    /** The test's names, and numeric addresses as they are. */
    private Resolver names() {
        return name -> Character.isDigit(name.charAt(0)) ? Resolver.SYSTEM.resolve(name) : names.resolve(name);
    }

    @Test
    void theReportSaysOfEachOtherWhyItWasNotJoined() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, LOOPBACK)) {
            int open = listening.getLocalPort();
            names.set("web", "127.0.0.1");
            Search search = new Search(
                    Discovery.members("127.0.0.1:5701", "gone:5701", "127.0.0.1:1", "web:1", "web:" + open, "web:5701"),
                    names());

            assertThat(search.report(SELF, Map.of()))
                    .isEqualTo(
                            "gone:5701 (does not resolve), 127.0.0.1:1 (refused), web:1 = 127.0.0.1:1 (refused),"
                                    + " web:%d = 127.0.0.1:%d (listens; it did not let this node in; is it of another"
                                    + " cluster or version?)",
                            open, open);
        }
    }

    @Test
    void aMemberThatFindsItselfOnlyHasFoundNobody() {
        assertThat(new Search(Discovery.members("127.0.0.1:5701")).report(SELF, Map.of()))
                .isEqualTo("members[127.0.0.1:5701], which names nobody else now");
        assertThat(new Search(new DnsName("gone", 5701, names)).report(SELF, Map.of()))
                .isEqualTo("dns[gone:5701], which names nobody else now");
    }

    @Test
    void theReportIsOfWhatTheMemberWasTold() {
        AtomicBoolean late = new AtomicBoolean();
        Search search = new Search(() -> List.of(late.get() ? "127.0.0.1:2" : "127.0.0.1:1"));
        assertThat(search.addresses()).hasSize(1);

        late.set(true);
        assertThat(search.report(SELF, Map.of())).isEqualTo("127.0.0.1:1 (refused)");
    }

    @Test
    void aDiscoveryThatFailsFromTheStartIsAnError() {
        Search search = new Search(new Broken(new AtomicBoolean(true)));

        assertThatThrownBy(search::addresses).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(search::addresses).isInstanceOf(IllegalStateException.class);
        assertThat(search.report(SELF, Map.of()))
                .isEqualTo("broken, which failed with java.lang.IllegalStateException: no DNS server");
    }

    @Test
    void anAddressThatIsNoneIsAnError() {
        Search search = new Search(() -> List.of("web-1"));

        assertThatThrownBy(search::addresses)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster.discovery must hold addresses of the form host:port, was web-1");
    }

    @Test
    @ExpectLog("broken failed; it is asked again whenever members are looked for")
    void aDiscoveryThatFailsLaterIsReportedOnceAndNamesNobody() {
        AtomicBoolean fails = new AtomicBoolean();
        Search search = new Search(new Broken(fails));
        assertThat(search.addresses()).hasSize(1);

        fails.set(true);
        try (LogLines lines = LogLines.of(Search.class.getName())) {
            assertThat(search.addresses()).isEmpty();
            assertThat(search.addresses()).isEmpty();
            assertThat(lines.all()).hasSize(1);

            fails.set(false);
            assertThat(search.addresses()).hasSize(1);
            fails.set(true);
            assertThat(search.addresses()).isEmpty();
            assertThat(lines.all()).hasSize(2);
        }
    }

    private record Broken(AtomicBoolean fails) implements Discovery {
        @Override
        public List<String> addresses() {
            if (fails.get()) {
                throw new IllegalStateException("no DNS server");
            }
            return List.of("127.0.0.1:1");
        }

        @Override
        public String toString() {
            return "broken";
        }
    }
}
