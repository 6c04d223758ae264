package io.flotilla.health.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import io.flotilla.health.Health.State;
import io.flotilla.spi.FactoryIds;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeartbeatMessageTest {
    private static final Heartbeat HEARTBEAT = new Heartbeat(
            "web-1",
            new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L),
            0x1112131415161718L,
            42,
            State.UP,
            100,
            "http://10.0.0.1:8080",
            7,
            60_000,
            1_000);

    private static final String GOLDEN = "00000000" // no partition hash
            + "fffffffe" // an IdentifiedDataSerializable
            + "01" + "00001ce8" + "00000001" // identified, factory 7400, type 1
            + "01" // nothing added
            + "00000005" + "7765622d31" // web-1
            + "0102030405060708090a0b0c0d0e0f10" // member
            + "1112131415161718" // incarnation
            + "000000000000002a" // seq
            + "02" // UP
            + "64" // weight
            + "00000014" + "687474703a2f2f31302e302e302e313a38303830" // http://10.0.0.1:8080
            + "00000007" // in flight
            + "000000000000ea60" // uptime
            + "000003e8"; // interval

    private final InternalSerializationService serialization = new DefaultSerializationServiceBuilder()
            .addDataSerializableFactory(FactoryIds.HEALTH, new HealthWire())
            .build();

    @AfterEach
    void dispose() {
        serialization.dispose();
    }

    private Heartbeat read(byte[] bytes) {
        HeartbeatMessage message = serialization.toObject(new HeapData(bytes));
        return message.heartbeat();
    }

    private byte[] write(Heartbeat heartbeat) {
        return serialization.toData(new HeartbeatMessage(heartbeat)).toByteArray();
    }

    @Test
    void writesTheSameBytesForEver() {
        assertThat(HexFormat.of().formatHex(write(HEARTBEAT))).isEqualTo(GOLDEN);
    }

    @Test
    void readsTheseBytesForEver() {
        assertThat(read(HexFormat.of().parseHex(GOLDEN))).isEqualTo(HEARTBEAT);
    }

    @Test
    void takesWhatItKnowsOfANewerVersion() {
        String added = "02" + "01" + "07" + "00000002" + "cafe"; // one addition, the seventh, two bytes
        String newer = GOLDEN.replaceFirst("00001ce80000000101", "00001ce800000001" + added);
        assertThat(read(HexFormat.of().parseHex(newer))).isEqualTo(HEARTBEAT);
    }

    @Test
    void aStateThatOnlyANewerVersionKnowsIsDown() {
        byte[] newer = HexFormat.of().parseHex(GOLDEN.replace("000000000000002a02", "000000000000002a63"));
        assertThat(read(newer).state()).isEqualTo(State.DOWN);
    }

    @ParameterizedTest
    @EnumSource(value = State.class, mode = EnumSource.Mode.EXCLUDE, names = "SILENT")
    void everyStateTravels(State state) {
        Heartbeat sent = new Heartbeat("n", new UUID(0, 0), 0, 0, state, 0, null, 0, 0, 0);
        assertThat(read(write(sent))).isEqualTo(sent);
    }

    @Test
    void laterHeartbeatsSupersedeEarlierOnesOfTheSameStart() {
        Heartbeat later =
                new Heartbeat("web-1", HEARTBEAT.member(), HEARTBEAT.incarnation(), 43, State.DOWN, 0, null, 0, 0, 0);
        Heartbeat restarted = new Heartbeat("web-1", HEARTBEAT.member(), 1, 1, State.DOWN, 0, null, 0, 0, 0);
        assertThat(later.supersedes(HEARTBEAT)).isTrue();
        assertThat(HEARTBEAT.supersedes(later)).isFalse();
        assertThat(restarted.supersedes(HEARTBEAT)).isTrue();
    }
}
