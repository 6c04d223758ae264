package io.flotilla.health.internal.forwarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a client writes before what its balancer appends: the last hop is the balancer's word, or there is none. */
final class SpoofingPropertyTest {
    private static final InetAddress CLIENT = address();

    private static InetAddress address() {
        InetAddress address = Literals.address("203.0.113.9");
        if (address == null) {
            throw new IllegalStateException("not an address");
        }
        return address;
    }

    @Provide
    Arbitrary<String> written() {
        Arbitrary<String> parts = Arbitraries.of(
                "for=",
                "proto=",
                "198.51.100.1",
                "https",
                "\"",
                "\\",
                ",",
                ";",
                "=",
                " ",
                "[",
                "]",
                "::1",
                "_x",
                "a",
                ":80");
        return parts.list().ofMaxSize(12).map(each -> String.join("", each));
    }

    @Property(tries = 5_000)
    void theLastElementOfForwardedIsTheBalancers(@ForAll("written") String written) {
        for (String own : List.of("for=203.0.113.9", "for=\"203.0.113.9:80\";proto=http")) {
            try {
                List<Hop> hops = ForwardedHeader.hops(written + "," + own);
                assertThat(hops.get(hops.size() - 1).address()).as(written).isEqualTo(CLIENT);
            } catch (Malformed refused) {
                assertThat(refused).hasMessageStartingWith("Forwarded ");
            }
        }
    }

    @Property(tries = 5_000)
    void theLastAddressIsTheBalancers(@ForAll("written") String written) {
        List<Hop> hops = new XForwardedHeaders(written + ",203.0.113.9", "", "", "").hops();

        assertThat(hops.get(hops.size() - 1).address()).as(written).isEqualTo(CLIENT);
    }

    @Example
    void aHeaderOfAnyLengthIsReadOrRefused() throws Exception {
        String escaped = "for=\"" + "\\a".repeat(2_000) + "\"";
        assertThat(ForwardedHeader.hops(escaped)).hasSize(1);
        assertThatThrownBy(() -> ForwardedHeader.hops(escaped + ",for=a".repeat(100)))
                .isInstanceOf(Malformed.class)
                .hasMessage("Forwarded is longer than 4096 characters");
    }
}
