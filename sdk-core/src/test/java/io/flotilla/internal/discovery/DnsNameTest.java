package io.flotilla.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.Discovery;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import java.security.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(CleanSlate.class)
final class DnsNameTest {
    private static final String TTL = "networkaddress.cache.ttl";

    @Test
    void namesAllAddressesOfBothFamiliesOnce() {
        Names names = Names.of("shop.internal", "192.0.2.1", "192.0.2.2", "2001:db8::1", "192.0.2.1");

        assertThat(new DnsName("shop.internal", 5701, names).addresses())
                .containsExactly("192.0.2.1:5701", "192.0.2.2:5701", "[2001:db8:0:0:0:0:0:1]:5701");
    }

    @Test
    void isAskedAnewEachTime() {
        Names names = Names.of("shop.internal", "192.0.2.1");
        Discovery dns = new DnsName("shop.internal", 5701, names);
        assertThat(dns.addresses()).containsExactly("192.0.2.1:5701");

        names.set("shop.internal", "192.0.2.7", "192.0.2.8");
        assertThat(dns.addresses()).containsExactly("192.0.2.7:5701", "192.0.2.8:5701");
    }

    @Test
    void aNameThatDoesNotResolveNowNamesNobodyNow() {
        Names names = Names.of("elsewhere", "192.0.2.1");
        Discovery dns = new DnsName("shop.internal", 5701, names);
        assertThat(dns.addresses()).isEmpty();

        names.set("shop.internal", "192.0.2.1");
        assertThat(dns.addresses()).containsExactly("192.0.2.1:5701");
    }

    @Test
    void theJvmResolvesByDefault() {
        assertThat(Discovery.dns("localhost", 5701).addresses())
                .isNotEmpty()
                .allMatch(each -> each.equals("127.0.0.1:5701") || each.equals("[0:0:0:0:0:0:0:1]:5701"));
        assertThat(Discovery.dns("no.such.host.invalid", 5701))
                .hasToString("dns[no.such.host.invalid:5701]")
                .satisfies(each -> assertThat(each.addresses()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "shop.internal:5701", "a b", "http://shop", "[::1]"})
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> Discovery.dns(name, 5701))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster.discovery must name a host, without its port, was '%s'", name);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void refusesPortsOutOfRange(int port) {
        assertThatThrownBy(() -> Discovery.dns("shop.internal", port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster.discovery must hold ports from 1 to 65535, was %d", port);
    }

    @Test
    @ExpectLog(
            "this JVM keeps DNS answers for ever: .* networkaddress\\.cache\\.ttl to 30 or less for dns\\[shop:5701]")
    void aJvmThatNeverAsksAgainIsReported() {
        withCacheSeconds("-1", () -> Discovery.dns("shop", 5701));
    }

    @Test
    void aJvmThatAsksAgainIsNot() {
        withCacheSeconds("30", () -> Discovery.dns("shop", 5701));
        withCacheSeconds("0", () -> Discovery.dns("shop", 5701));
    }

    private static void withCacheSeconds(String seconds, Runnable action) {
        String before = Security.getProperty(TTL);
        Security.setProperty(TTL, seconds);
        try {
            action.run();
        } finally {
            Security.setProperty(TTL, before == null ? "" : before); // it cannot be unset; nothing is as good as none
        }
    }
}
