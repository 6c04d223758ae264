package io.flotilla.storage.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.flotilla.spi.FactoryIds;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Content;
import io.flotilla.storage.internal.Reference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The bytes on the wire and in the partitions, pinned: members of two releases must understand each other. */
class StorageWireTest {
    private static final int HEADER = 8 + 1 + 4 + 4; // partition hash and serializer, kind, factory id, class id
    private static final int TYPES = 11;

    private static final Reference REFERENCE = new Reference(
            "ns",
            "n",
            1,
            2,
            "op",
            new Content(new BlobKey("ab".repeat(32), "png"), 3, "image/png", Map.of("k", "v"), 4, Content.NEVER));

    private static final String REFERENCE_BYTES = "000000026e73" + "000000016e" + "0000000000000001"
            + "0000000000000002"
            + "000000026f70" + "01" + "00000044"
            + HexFormat.of().formatHex(("ab".repeat(32) + ".png").getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            + "0000000000000003" + "00000009696d6167652f706e67" + "0000000000000004" + "7fffffffffffffff" + "00000001"
            + "000000016b" + "0000000176";

    private static final String DELETED_BYTES =
            "000000026e73" + "000000016e" + "0000000000000001" + "0000000000000002" + "000000026f70" + "00";

    private final InternalSerializationService service = new DefaultSerializationServiceBuilder()
            .addDataSerializableFactory(FactoryIds.STORAGE, new StorageWire())
            .build();

    @AfterEach
    void dispose() {
        service.dispose();
    }

    /** The fields, after Hazelcast's header and the byte that says that there are no additions. */
    private static Map<WireType, String> golden() {
        Listing listing = new Listing("ns", "p", "a", 5, 6);
        listing.accumulate(Map.entry("ns/n", new ReferenceEntry(REFERENCE)));
        listing.accumulate(Map.entry("m", new CompletenessMark("l", true)));
        Listing found = new Listing("ns", "n", "", 5, 6);
        found.accumulate(Map.entry("ns/n", new ReferenceEntry(REFERENCE)));
        Census usage = Census.usage("ns", 6);
        usage.accumulate(Map.entry("ns/n", new ReferenceEntry(REFERENCE)));
        Map<WireType, String> golden = new LinkedHashMap<>();
        golden.put(new ReferenceEntry(REFERENCE), REFERENCE_BYTES);
        golden.put(new ReferenceEntry(new Reference("ns", "n", 1, 2, "op", null)), DELETED_BYTES);
        golden.put(new CompletenessMark("l", true), "000000016c" + "01");
        golden.put(new Look(), "");
        golden.put(Offer.added(REFERENCE), "00" + REFERENCE_BYTES);
        golden.put(Offer.found(REFERENCE), "01" + REFERENCE_BYTES);
        golden.put(new Forget("op"), "000000026f70");
        golden.put(Mark.end("l"), "000000016c" + "01");
        golden.put(
                listing,
                "000000026e73" + "0000000170" + "0000000161" + "00000005" + "0000000000000006" + "00000001"
                        + "00000000");
        golden.put(
                found,
                "000000026e73" + "000000016e" + "00000000" + "00000005" + "0000000000000006" + "00000000" + "00000001"
                        + REFERENCE_BYTES);
        golden.put(
                usage,
                "000000026e73" + "00" + "0000000000000006" + "00000000" + "0000000000000001" + "0000000000000003"
                        + "00000000" + "00000000");
        golden.put(new IndexMergePolicy(), "");
        golden.put(new MirrorAsk(3, new byte[] {7, 8}), "00000003" + "00000002" + "0708");
        return golden;
    }

    @TestFactory
    Stream<DynamicTest> writesAndReadsTheGoldenBytes() {
        return golden().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey().getClass().getSimpleName(), () -> assertGolden(each.getKey(), each.getValue())));
    }

    private void assertGolden(WireType value, String expected) {
        byte[] written = service.toBytes(value);
        String fields = HexFormat.of().formatHex(Arrays.copyOfRange(written, HEADER, written.length));
        assertThat(fields).isEqualTo("01" + expected);
        Data data = new HeapData(written);
        Object read = service.toObject(data);
        assertThat(service.toBytes(read)).isEqualTo(written);
    }

    @Test
    void aBackupIsToldTheEntryOrThatThereIsNone() {
        for (SetEntry each : new SetEntry[] {new SetEntry(null), new SetEntry(new ReferenceEntry(REFERENCE))}) {
            byte[] written = service.toBytes(each);
            assertThat(service.toBytes(service.toObject(new HeapData(written)))).isEqualTo(written);
        }
    }

    @Test
    void theLivingAreToldByTheirHashes() {
        Census living = Census.living();
        living.accumulate(Map.entry("ns/n", new ReferenceEntry(REFERENCE)));
        Census read = service.toObject(service.toData(living));
        assertThat(read.knows(REFERENCE)).isTrue();
        assertThat(read.blobs().contains(new BlobKey("ab".repeat(32), "png").hash()))
                .isTrue();
        assertThat(read.blobs().contains(new BlobKey("ab".repeat(32), "jpg").hash()))
                .isFalse();
    }

    @Test
    void makesEachTypeUnderItsOwnId() {
        StorageWire factory = new StorageWire();
        Map<Class<?>, Integer> made = new HashMap<>();
        IntStream.rangeClosed(1, TYPES).forEach(id -> {
            IdentifiedDataSerializable each = factory.create(id);
            assertThat(each.getClassId()).isEqualTo(id);
            assertThat(each.getFactoryId()).isEqualTo(FactoryIds.STORAGE);
            made.put(each.getClass(), id);
        });
        assertThat(made).hasSize(TYPES);
        assertThatThrownBy(() -> factory.create(TYPES + 1))
                .hasMessage("unknown type 12 of the storage module: a newer release of Flotilla sent it");
    }
}
