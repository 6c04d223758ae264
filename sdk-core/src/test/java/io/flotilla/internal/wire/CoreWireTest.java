package io.flotilla.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.flotilla.spi.FactoryIds;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CoreWireTest {
    private static final UUID ID = new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
    private static final MembershipAnswer ANSWER =
            new MembershipAnswer(true, false, true, List.of(List.of(new Peer(ID, "a:1")), List.of()));

    private static final String HEAD = "00000000" // no partition hash
            + "fffffffe" // an IdentifiedDataSerializable
            + "01" + "00001b58"; // identified, factory 7000
    private static final String QUESTION = HEAD + "00000001" // type 1
            + "01" // nothing added
            + "0102030405060708090a0b0c0d0e0f10"; // who asks
    private static final String ANSWERED = HEAD + "00000002" // type 2
            + "01" // nothing added
            + "01" // a member
            + "00" // not confirmed
            + "01" // formed
            + "00000002" // two lists
            + "00000001" + "0102030405060708090a0b0c0d0e0f10" + "00000003" + "613a31" // one member, a:1
            + "00000000"; // none

    private final InternalSerializationService serialization = new DefaultSerializationServiceBuilder()
            .addDataSerializableFactory(FactoryIds.CORE, new CoreWire())
            .build();

    @AfterEach
    void dispose() {
        serialization.dispose();
    }

    private String bytes(Object message) {
        return HexFormat.of().formatHex(serialization.toData(message).toByteArray());
    }

    private Object read(String bytes) {
        return serialization.toObject(new HeapData(HexFormat.of().parseHex(bytes)));
    }

    @Test
    void theBytesArePinned() {
        assertThat(bytes(new MembershipQuestion(ID))).isEqualTo(QUESTION);
        assertThat(bytes(ANSWER)).isEqualTo(ANSWERED);
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(read(ANSWERED)).usingRecursiveComparison().isEqualTo(ANSWER);
        assertThat(bytes(read(QUESTION))).isEqualTo(QUESTION);
    }

    @Test
    void whatALaterReleaseHasAddedIsReadOver() {
        String added = "02" + "01" + "07" + "00000002" + "cafe"; // one addition, the seventh, two bytes
        assertThat(read(ANSWERED.replaceFirst("0000000201", "00000002" + added)))
                .usingRecursiveComparison()
                .ignoringFields("additions")
                .isEqualTo(ANSWER);
        String later = QUESTION.replaceFirst("0000000101", "00000001" + added);
        assertThat(bytes(read(later))).isEqualTo(later);
    }

    @Test
    void whatOnlyALaterReleaseKnowsIsRefused() {
        String later = ANSWERED.replaceFirst("0000000201", "0000000203");
        assertThatThrownBy(() -> read(later))
                .isInstanceOf(HazelcastSerializationException.class)
                .hasMessageContaining("MembershipAnswer in the form 3, which this release does not know");
        assertThatThrownBy(() -> new CoreWire().create(3))
                .hasMessage("unknown type 3 of core: a newer release of Flotilla sent it");
    }
}
