package io.flotilla.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cluster.Address;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPortTest {

    @Test
    void parsesNamesAndAddresses() throws UnknownHostException {
        assertThat(HostPort.parse("web-1.example.com:5701")).isEqualTo(new HostPort("web-1.example.com", 5701));
        assertThat(HostPort.parse("10.0.0.1:1")).isEqualTo(new HostPort("10.0.0.1", 1));
        assertThat(HostPort.parse("[::1]:65535")).isEqualTo(new HostPort("::1", 65535));
        assertThat(HostPort.parse("[fe80::1%eth0]:5701")).isEqualTo(new HostPort("fe80::1%eth0", 5701));
    }

    @Test
    void resolvesToAllAddresses() throws UnknownHostException {
        assertThat(HostPort.parse("127.0.0.1:5701").resolve(Resolver.SYSTEM))
                .containsExactly(new Address("127.0.0.1", 5701));
        assertThat(HostPort.parse("web:5701").resolve(Names.of("web", "192.0.2.1", "2001:db8::1")))
                .containsExactly(new Address("192.0.2.1", 5701), new Address("2001:db8:0:0:0:0:0:1", 5701));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-1.example.com:5701", "10.0.0.1:1", "[::1]:65535", "[fe80::1%eth0]:5701"})
    void printsAsItIsWritten(String text) {
        assertThat(HostPort.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host:",
                ":5701",
                "::1:5701",
                "a b:1",
                "host:123456",
                "host:1:2",
                "host:-1",
                "[::1 ]:1"
            })
    void refusesOtherShapes(String text) {
        assertThatThrownBy(() -> HostPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster.discovery must hold addresses of the form host:port, was %s", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:0", "host:65536"})
    void refusesPortsOutOfRange(String text) {
        assertThatThrownBy(() -> HostPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cluster.discovery must hold ports from 1 to 65535, was %s", text);
    }
}
