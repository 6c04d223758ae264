package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PortsTest {
    @Test
    void findsDifferentFreePorts() {
        assertThat(Ports.find(20)).doesNotHaveDuplicates().allMatch(Ports::isFree);
    }

    @Test
    void namesThePortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireFree(List.of(Ports.find(1).get(0), taken.getLocalPort())))
                    .hasMessage("port " + taken.getLocalPort() + " is in use");
        }
    }
}
