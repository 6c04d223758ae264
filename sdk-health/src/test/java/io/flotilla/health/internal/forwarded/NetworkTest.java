package io.flotilla.health.internal.forwarded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7, true",
        "10.0.0.7, 10.0.0.8, false",
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.0.0/15, 10.0.255.1, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe00::1, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true"
    })
    void holdsTheAddressesThatShareItsFirstBits(String network, String address, boolean contained) throws Exception {
        assertThat(Network.parse("x.y", network).contains(InetAddress.getByName(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "010.1.1.1",
                "12345",
                ":",
                ":::",
                "fe80::1%eth0"
            })
    void onlyAddressesAreAddresses(String text) {
        assertThat(Literals.address(text)).isNull();
    }

    @Test
    void anIpv4AddressWithinIpv6IsIpv4() {
        assertThat(Literals.address("::ffff:10.0.0.1")).isEqualTo(Literals.address("10.0.0.1"));
    }
}
