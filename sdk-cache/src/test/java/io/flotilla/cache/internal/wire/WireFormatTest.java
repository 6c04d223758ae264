package io.flotilla.cache.internal.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Ask;
import io.flotilla.cache.internal.protocol.Bulletin;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.protocol.Content;
import io.flotilla.cache.internal.protocol.Lease;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.Note;
import io.flotilla.cache.internal.protocol.Position;
import io.flotilla.cache.internal.protocol.Report;
import io.flotilla.cache.internal.protocol.Row;
import io.flotilla.cache.internal.protocol.Written;
import io.flotilla.spi.FactoryIds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The bytes on the wire and in the partitions, pinned: members of two releases must understand each other. */
final class WireFormatTest {
    private static final String ADVICE =
            "The wire format of %s has changed. Members of the last release, which are in the same cluster during a rolling"
                    + " upgrade, cannot read these bytes. If the type has never been released, put the new bytes into this"
                    + " test. If it has, leave the fields as they are, make what is new an addition, and keep this line: see"
                    + " CONTRIBUTING.md.";
    private static final int HEADER = 8 + 1 + 4 + 4; // partition hash and serializer, kind, factory id, class id
    private static final int TYPES = 17;
    private static final String ADDITION = "02" + "01" + "07" + "00000002" + "cafe"; // the seventh, of two bytes

    private static final UUID ONE = new UUID(0x11, 0x12);
    private static final UUID TWO = new UUID(0x21, 0x22);
    private static final byte[] VALUE = {0x0a, 0x0b};
    private static final LeaseId LEASE = new LeaseId(0x31, 0x32);
    private static final Position HERE = new Position(ONE, 0x41);
    private static final Content<byte[]> CONTENT = new Content<>(VALUE, 0x51, 0x52);
    private static final CacheKey KEY = new CacheKey("c", "key");
    private static final Row<byte[]> ROW =
            new Row<>(0x61, VALUE, 0x62, 0x63, LEASE, new Lease(LEASE, 0x64, Set.of(TWO)));

    private final InternalSerializationService service = new DefaultSerializationServiceBuilder()
            .addDataSerializableFactory(FactoryIds.CACHE, new CacheFactory())
            .build();

    @AfterEach
    void dispose() {
        service.dispose();
    }

    /** After the 9 bytes that Hazelcast writes: kind, factory id, class id. Sizes and texts are big-endian and UTF-8. */
    private static Map<WireType, String> golden() {
        Map<WireType, String> golden = new LinkedHashMap<>();
        golden.put(
                new RowRecord(ROW),
                "010000000000000061000000020a0b000000000000006200000000000000630100000000000000310000000000"
                        + "000032010000000000000031000000000000003200000000000000640000000100000000000000210000000000"
                        + "000022");
        golden.put(
                new RowRecord(new Row<>(0x61, null, 0, 0, null, null)),
                "010000000000000061ffffffff000000000000000000000000000000000000");
        golden.put(
                new RowBackup(new RowRecord(ROW), 0x71),
                "01000000000000007101010000000000000061000000020a0b0000000000000062000000000000006301000000"
                        + "000000003100000000000000320100000000000000310000000000000032000000000000006400000001000000"
                        + "00000000210000000000000022");
        golden.put(new RowBackup(null, 0), "01000000000000000000");
        golden.put(
                new AnswerReply(new Answer<>(Answer.Status.STALE_LOAD, 0x61, VALUE, 0x62, 0x63, LEASE, 0x64, HERE)),
                "01030000000000000061000000020a0b0000000000000062000000000000006301000000000000003100000000"
                        + "000000320000000000000064000000000000001100000000000000120000000000000041");
        golden.put(
                new AnswerReply(new Answer<>(Answer.Status.WAIT, 0, null, 0, 0, null, 0x64, HERE)),
                "01050000000000000000ffffffff00000000000000000000000000000000000000000000000064000000000000"
                        + "001100000000000000120000000000000041");
        golden.put(
                WrittenReply.of(new Written(true, 0x61, HERE), 0x72),
                "01000100000000000000610000000000000011000000000000001200000000000000410000000000000072");
        golden.put(
                WrittenReply.elsewhere(),
                "010100000000000000000000000000000000000000000000000000ffffffffffffffff0000000000000000");
        golden.put(
                WrittenReply.noNumber(),
                "010200000000000000000000000000000000000000000000000000ffffffffffffffff0000000000000000");
        golden.put(new LookProcessor("c"), "010000000163");
        golden.put(
                new AskProcessor("c", new Ask(0x31, TWO, 0x64, 0x61, true)),
                "010000000163000000000000003100000000000000210000000000000022000000000000006400000000000000" + "6101");
        golden.put(
                new FillProcessor("c", LEASE, CONTENT),
                "0100000001630100000000000000310000000000000032000000020a0b00000000000000510000000000000052");
        golden.put(
                new GiveUpProcessor("c", LEASE, 0x73),
                "01000000016301000000000000003100000000000000320000000000000073");
        golden.put(
                new PutProcessor("c", ONE, 0x74, CONTENT, new Condition(Condition.Kind.VERSION, 0x61)),
                "010000000163000000000000001100000000000000120000000000000074000000020a0b000000000000005100"
                        + "00000000000052030000000000000061");
        golden.put(new InvalidateProcessor("c"), "010000000163");
        golden.put(
                new AddProcessor("c", ONE, 0x74, -1, CONTENT, 0x61),
                "010000000163000000000000001100000000000000120000000000000074ffffffffffffffff000000020a0b00"
                        + "0000000000005100000000000000520000000000000061");
        golden.put(
                new ReportMessage(new Report(TWO, 0x41, 0x42)),
                "010000000000000021000000000000002200000000000000410000000000000042");
        golden.put(
                new BulletinMessage(
                        new Bulletin<>(ONE, 0x40, List.of(new Note<>(7, KEY), new Note<>(8, null)), 0x3f, 0x41, 0x42)),
                "01000000000000001100000000000000120000000000000040000000000000003f000000000000004100000000"
                        + "000000420000000200000007010000000163000000036b65790000000800");
        golden.put(new WakeMessage(KEY), "010000000163000000036b6579");
        golden.put(new SettledQuestion(HERE, 7), "0100000000000000110000000000000012000000000000004100000007");
        golden.put(new ReclaimProcessor(0x75), "01" + "0000000000000075");
        golden.put(new ForgetMessage(), "01");
        return golden;
    }

    @TestFactory
    Stream<DynamicTest> bytesAreTheSame() {
        return golden().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        name(each.getKey()),
                        () -> assertThat(bytesOf(each.getKey()))
                                .as(ADVICE, name(each.getKey()))
                                .isEqualTo(each.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> bytesAreReadAgain() {
        return golden().values().stream()
                .map(each -> DynamicTest.dynamicTest(each, () -> {
                    // The class id is not among these bytes; it is that of whoever wrote them.
                    WireType type = golden().entrySet().stream()
                            .filter(entry -> entry.getValue().equals(each))
                            .findFirst()
                            .orElseThrow()
                            .getKey();
                    assertThat(bytesOf(read(type, each))).isEqualTo(each);
                }));
    }

    @TestFactory
    Stream<DynamicTest> additionsOfLaterReleasesAreKept() {
        return golden().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(name(each.getKey()), () -> {
                    String later = ADDITION + each.getValue().substring(2);
                    assertThat(bytesOf(read(each.getKey(), later))).isEqualTo(later);
                }));
    }

    @Test
    void valuesAreTheSame() {
        Envelope.Facts facts = new Envelope.Facts(0x11, 0x22, 0x33, "v1", List.of(new Envelope.Tag("t", 0x44)));
        assertThat(hex(facts.with(Envelope.Kind.VALUE, VALUE).toBytes()))
                .isEqualTo(
                        "010200000000000000110000000000000022000000330000000276310001000000017400000000000000440a0b");
        assertThat(hex(Envelope.Facts.ofPut(0x11, 0x22, List.of())
                        .with(Envelope.Kind.NUMBER, Envelope.numberBytes(-2))
                        .toBytes()))
                .isEqualTo("01010000000000000011000000000000002200000000ffffffff0000fffffffffffffffe");
        Envelope read = requireNonNull(
                Envelope.of(facts.with(Envelope.Kind.VALUE, VALUE).toBytes()));
        assertThat(read.facts()).isEqualTo(facts);
        assertThat(read.value()).isEqualTo(VALUE);
    }

    @Test
    void aValueOfALaterReleaseIsAsIfItWasNotThere() {
        byte[] bytes = Envelope.Facts.ofPut(0, 1, List.of())
                .with(Envelope.Kind.VALUE, VALUE)
                .toBytes();
        byte[] laterFormat = bytes.clone();
        laterFormat[0] = 2;
        byte[] laterKind = bytes.clone();
        laterKind[1] = 9;

        assertThat(Envelope.of(laterFormat)).isNull();
        assertThat(Envelope.of(laterKind)).isNull();
    }

    @Test
    void anAnswerThatThisReleaseDoesNotKnowIsRefused() {
        WireType reply = new AnswerReply(new Answer<>(Answer.Status.HIT, 0, null, 0, 0, null, 0, HERE));
        String unknown = "0163" + bytesOf(reply).substring(4);

        assertThatThrownBy(() -> read(reply, unknown))
                .isInstanceOf(HazelcastSerializationException.class)
                .hasRootCauseMessage("constant 99 of Status, which this release does not know");
    }

    @Test
    void theFactoryMakesEachTypeUnderItsOwnId() {
        CacheFactory factory = new CacheFactory();
        Map<Class<?>, Integer> made = new HashMap<>();
        IntStream.rangeClosed(1, TYPES).forEach(id -> {
            IdentifiedDataSerializable each = factory.create(id);
            assertThat(each.getClassId()).as("class id of %s", each.getClass()).isEqualTo(id);
            assertThat(each.getFactoryId()).isEqualTo(FactoryIds.CACHE);
            assertThat(made.put(each.getClass(), id)).isNull();
        });
        assertThat(golden().keySet().stream().map(Object::getClass))
                .as("each type has its bytes above")
                .containsAll(made.keySet());
        assertThatThrownBy(() -> factory.create(TYPES + 1))
                .hasMessage("unknown type 18 of the cache module: a newer release of Flotilla sent it");
    }

    private static String name(WireType type) {
        return type.getClass().getSimpleName();
    }

    private String bytesOf(WireType type) {
        byte[] all = service.toData(type).toByteArray();
        return hex(Arrays.copyOfRange(all, HEADER, all.length));
    }

    private WireType read(WireType sameType, String fields) {
        byte[] like = service.toData(sameType).toByteArray();
        byte[] tail = HexFormat.of().parseHex(fields);
        byte[] all = Arrays.copyOf(like, HEADER + tail.length);
        System.arraycopy(tail, 0, all, HEADER, tail.length);
        Data data = new HeapData(all);
        return requireNonNull(service.toObject(data));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
