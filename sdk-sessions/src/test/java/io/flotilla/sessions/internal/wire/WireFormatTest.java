package io.flotilla.sessions.internal.wire;

import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.remove;
import static io.flotilla.sessions.internal.wire.Messages.set;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.flotilla.spi.FactoryIds;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The bytes on the wire and in the partitions, pinned: members of two releases must understand each other. */
final class WireFormatTest {
    private static final String ADVICE =
            "The wire format of %s has changed. Members of the last release, which are in the"
                    + " same cluster during a rolling upgrade, cannot read these bytes. If the type has never been released, put"
                    + " the new bytes into this test. If it has, leave the fields as they are, make what is new an addition, and"
                    + " keep this line: see CONTRIBUTING.md.";

    private static final int HEADER = 8 + 1 + 4 + 4; // partition hash and serializer, kind, factory id, class id

    private static final String ADDITION = "02" + "01" + "07" + "00000002" + "cafe"; // the seventh, of two bytes

    private static final Version FIRST = new Version(1, 0x1111_1111_1111_1111L);
    private static final Version SECOND = new Version(2, 0x2222_2222_2222_2222L);
    private static final long NOW = 0x0101_0101L;
    private static final long WRITER = 0x7777_7777_7777_7777L;

    private static final Ending ENDING =
            Ending.unclaimed(EndCause.ENDED, 0x44L, NOW + 3).heldBy(0x55L, NOW + 60_003);

    private static final TurnClaim CLAIM = new TurnClaim(0x88L, new UUID(0x99L, 0xaaL));

    private final InternalSerializationService service = new DefaultSerializationServiceBuilder()
            .addDataSerializableFactory(FactoryIds.SESSIONS, new SessionsFactory())
            .build();

    @AfterEach
    void dispose() {
        service.dispose();
    }

    /** After the 9 bytes that Hazelcast writes: kind, factory id, class id. Sizes and texts are big-endian and UTF-8. */
    private static Map<WireType, String> golden() {
        Map<WireType, String> golden = new LinkedHashMap<>();
        golden.put(
                created(),
                "01000000000000000111111111111111110000000068617368206f66207300000000000000000000"
                        + "087365616c6564207300000000000000052f73686f70000000000101010100000000000007080000"
                        + "00000000000000000000000000000077777777777777770000000000000005000000000000000001"
                        + "010101000000010000000161000000000000000111111111111111110100ffffffff0000000178");
        golden.put(
                updated(),
                "010000000000000002222222222222222200000001111111111111111168617368206f6620740000"
                        + "000000000000000001090000000168617368206f6620730000000000000000000000010101020000"
                        + "00052f73686f700000000001010101000000000000003c0000000000000000000000000000000002"
                        + "77777777777777770000000000000006000000000000000001010102000000010000000162000000"
                        + "00000000022222222222222222000100000003616e6e0000000179");
        golden.put(
                updated().dead(NOW + 2, 0x33L),
                "01000000000000000300000000000000330000000068617368206f66207400000000000000000000"
                        + "000000000168617368206f662073000000000000000000000001010102000000052f73686f700000"
                        + "000001010101000000000000003c0000000001010103000000000000000002777777777777777700"
                        + "0000000000000600000000000000000101010200000000");
        golden.put(
                opened(OpenReply.Status.CHANGED),
                "010200000000000000022222222222222222000000000101010100000000010101020000003c0000"
                        + "0001000000016200000001000000016200000000000000022222222222222222000100000003616e"
                        + "6e0000000179");
        golden.put(
                opened(OpenReply.Status.ALL),
                "010300000000000000022222222222222222000000000101010100000000010101020000003c0000"
                        + "000000000001000000016200000000000000022222222222222222000100000003616e6e00000001"
                        + "79");
        golden.put(opened(OpenReply.Status.GONE), "0104");
        golden.put(opened(OpenReply.Status.UNKNOWN), "0105");
        golden.put(opened(OpenReply.Status.ROTATED), "0106");
        golden.put(opened(OpenReply.Status.UNAVAILABLE), "0107");
        golden.put(OpenReply.busy(NOW), "01080000000001010101");
        golden.put(OpenReply.notModified(NOW).inTurn(0xbb), "018100000000000000bb0000000001010101");
        golden.put(
                CommitReply.created(FIRST, NOW),
                "01010000000000000000000000000000000000000000000000011111111111111111000000000101010100" + "00000000");
        golden.put(
                CommitReply.applied(FIRST, SECOND, false),
                "010100000000000000011111111111111111000000000000000222222222222222220000000000");
        golden.put(
                CommitReply.repeated(SECOND, true),
                "010200000000000000000000000000000000000000000000000222222222222222220100000000");
        golden.put(
                CommitReply.conflict(SECOND, conflicts()),
                "01030000000000000000000000000000000000000000000000022222222222222222000000000200"
                        + "000001610100000000000000022222222222222222000100000003616e6e00000001790000000162" + "00");
        golden.put(
                CommitReply.gone(), "010400000000000000000000000000000000000000000000000000000000000000000000000000");
        golden.put(
                CommitReply.unavailable(),
                "010500000000000000000000000000000000000000000000000000000000000000000000000000");
        golden.put(
                CommitReply.outOfTurn(),
                "010600000000000000000000000000000000000000000000000000000000000000000000000000");
        golden.put(
                new OpenProcessor(Messages.secret("s"), FIRST), "0168617368206f662073000000000000001111111111111111");
        golden.put(new TouchProcessor(Messages.secret("s")), "0168617368206f66207300000000000000");
        golden.put(
                new CommitProcessor(update()),
                "01777777777777777700000000000000060000000000000001111111111111111100010000003c01"
                        + "68617368206f6620740000000000000068617368206f662073000000000000000000000109000000"
                        + "0200000001620000000000000000000000000000000000010100000003616e6e0000000179000000"
                        + "0161000000000000000111111111111111110100" + "00");
        golden.put(
                new CommitProcessor(new Commit(WRITER, 6, FIRST, HeadChange.NONE, List.of(), 0xbb)),
                "017777777777777777000000000000000600000000000000011111111111111111000000000000000100000000000000bb");
        golden.put(new InvalidateProcessor(7), "010000000000000007");
        golden.put(
                new OpenInTurnProcessor(Messages.secret("s"), FIRST, new TurnQuestion(CLAIM, false)),
                "0168617368206f662073000000000000001111111111111111000000000000008800000000000000"
                        + "9900000000000000aa00");
        golden.put(
                new OpenInTurnProcessor(Messages.secret("s"), FIRST, new TurnQuestion(CLAIM, true)),
                "0168617368206f662073000000000000001111111111111111000000000000008800000000000000"
                        + "9900000000000000aa01");
        golden.put(
                TurnProcessor.keep(CLAIM, 0xbb), "0100000000000000bb0000000000000088000000000000009900000000000000aa");
        golden.put(TurnProcessor.giveBack(CLAIM), "0100000000000000000000000000000088000000000000009900000000000000aa");
        golden.put(
                TurnBackup.of(updated().inTurn(Turn.at(NOW, CLAIM, 0xbb))),
                "01000000000000000222222222222222220000000001010102010000000000000088000000000000"
                        + "009900000000000000aa00000000000000bb0000000001012811");
        golden.put(TurnBackup.of(updated()), "0100000000000000022222222222222222000000000101010200");
        golden.put(
                updated().inTurn(Turn.at(NOW, CLAIM, 0xbb)),
                "010000000000000002222222222222222200000001111111111111111168617368206f6620740000"
                        + "000000000000000001090000000168617368206f6620730000000000000000000000010101020000"
                        + "00052f73686f700000000001010101000000000000003c0000000000000000020000000000000088"
                        + "000000000000009900000000000000aa00000000000000bb000000000101281100000000000000027777777777777777"
                        + "00000000000000060000000000000000010101020000000100000001620000000000000002222222"
                        + "2222222222000100000003616e6e0000000179");
        golden.put(new SessionMergePolicy(), "01");
        golden.put(new Alive(), "01");
        golden.put(
                new SweepProcessor(new Sweep(9, new Audience(Set.of("/shop"), Set.of(), Set.of("/shop")))),
                "01000000000000000900000001000000052f73686f700000000000000001000000052f73686f70");
        golden.put(new EndProcessor("ann", 7), "0100000003616e6e0000000000000007");
        golden.put(new FinishProcessor(7), "010000000000000007");
        golden.put(new EndingBackup(ENDING), "0102000000000000004400000000010101040000000000000055000000000101eb64");
        golden.put(
                updated().ending(ENDING),
                "010000000000000002222222222222222200000001111111111111111168617368206f6620740000"
                        + "000000000000000001090000000168617368206f6620730000000000000000000000010101020000"
                        + "00052f73686f700000000001010101000000000000003c0000000000000000010200000000000000"
                        + "4400000000010101040000000000000055000000000101eb64000000000000000277777777777777"
                        + "77000000000000000600000000000000000101010200000001000000016200000000000000022222"
                        + "222222222222000100000003616e6e0000000179");
        golden.put(EndReply.of(EndReply.Status.NOTHING), "010100ffffffff00");
        golden.put(EndReply.of(EndReply.Status.FORGOTTEN), "010200ffffffff00");
        golden.put(EndReply.ended(EndReply.Status.ENDED, updated(), EndCause.EXPIRED), "01030100000003616e6e00");
        golden.put(EndReply.ended(EndReply.Status.UNHEARD, created(), EndCause.ENDED), "010402ffffffff00");
        golden.put(EndReply.of(EndReply.Status.TO_TELL), "010500ffffffff00");
        golden.put(
                EndReply.claimed(updated().ending(ENDING)),
                "010600ffffffff010100000000000000022222222222222222000000011111111111111111686173"
                        + "68206f6620740000000000000000000001090000000168617368206f662073000000000000000000"
                        + "000001010102000000052f73686f700000000001010101000000000000003c000000000000000001"
                        + "02000000000000004400000000010101040000000000000055000000000101eb6400000000000000"
                        + "02777777777777777700000000000000060000000000000000010101020000000100000001620000"
                        + "0000000000022222222222222222000100000003616e6e0000000179");
        golden.put(new AccessBackup(NOW), "010000000001010101");
        golden.put(new RemoveBackup(), "01");
        golden.put(
                RecordBackup.whole(created()),
                "01010000000000000000000000000000000000000000010000000000000001111111111111111100"
                        + "00000068617368206f66207300000000000000000000087365616c6564207300000000000000052f"
                        + "73686f70000000000101010100000000000007080000000000000000000000000000000000777777"
                        + "77777777770000000000000005000000000000000001010101000000010000000161000000000000"
                        + "000111111111111111110100ffffffff0000000178");
        golden.put(
                RecordBackup.delta(FIRST, updated(), update().changes()),
                "01000000000000000001111111111111111100000001000000016101000000000000000222222222"
                        + "2222222200000001111111111111111168617368206f662074000000000000000000000109000000"
                        + "0168617368206f662073000000000000000000000001010102000000052f73686f70000000000101"
                        + "0101000000000000003c000000000000000000000000000000000277777777777777770000000000"
                        + "00000600000000000000000101010200000001000000016200000000000000022222222222222222"
                        + "000100000003616e6e0000000179");
        golden.put(PrincipalSessions.NONE.with("k", NOW), "0100000001000000016b0000000001010101");
        golden.put(PrincipalProcessor.read(), "010100000000");
        golden.put(PrincipalProcessor.add("k"), "010200000001000000016b");
        golden.put(PrincipalProcessor.remove("k"), "010300000001000000016b");
        golden.put(PrincipalProcessor.removeStale(List.of("k", "l")), "010400000002000000016b000000016c");
        golden.put(
                new PrincipalBackup(PrincipalSessions.NONE.with("k", NOW)), "010100000001000000016b0000000001010101");
        golden.put(new PrincipalMergePolicy(), "01");
        golden.put(new InspectProcessor("ann"), "0100000003616e6e");
        golden.put(
                SessionSummary.of(updated()), "0101000000000101010100000000010101020000003c00000001000000016200000001");
        golden.put(SessionSummary.NONE, "0100");
        return golden;
    }

    private static SessionRecord created() {
        return SessionRecord.create(newSession(WRITER, 5, "s", set("a", Version.NONE, "x")), NOW, FIRST.tag());
    }

    private static Commit update() {
        return new Commit(
                WRITER,
                6,
                FIRST,
                new HeadChange(null, 60, new NewId(Messages.secret("t"), Messages.secret("s"), new byte[] {9})),
                List.of(ofAnn("b"), remove("a", FIRST)));
    }

    private static AttributeChange ofAnn(String name) {
        return new AttributeChange(name, Version.NONE, false, new AttributeValue(new byte[] {'y'}, true, "ann"));
    }

    private static SessionRecord updated() {
        return created().apply(update(), NOW + 1, SECOND.tag());
    }

    private static Map<String, @Nullable StoredAttribute> conflicts() {
        Map<String, @Nullable StoredAttribute> conflicts = new HashMap<>();
        conflicts.put("a", updated().attributes().get("b"));
        conflicts.put("b", null);
        return conflicts;
    }

    private static OpenReply opened(OpenReply.Status status) {
        SessionRecord record = updated();
        return switch (status) {
            case NOT_MODIFIED ->
                SessionProtocol.open(record, Messages.secret("t"), SECOND.tag(), NOW + 2, 0)
                        .reply();
            case CHANGED ->
                SessionProtocol.open(record, Messages.secret("t"), FIRST.tag(), NOW + 2, 0)
                        .reply();
            case ALL ->
                SessionProtocol.open(record, Messages.secret("t"), Version.NONE.tag(), NOW + 2, 0)
                        .reply();
            default -> OpenReply.without(status);
        };
    }

    @TestFactory
    Stream<DynamicTest> everyTypeIsWrittenAsPinned() {
        return golden().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        describe(each.getKey()),
                        () -> assertThat(hex(each.getKey()))
                                .as(ADVICE, describe(each.getKey()))
                                .isEqualTo(each.getValue().replace(" ", ""))));
    }

    @TestFactory
    Stream<DynamicTest> everyTypeIsReadBack() {
        return golden().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(describe(each.getKey()), () -> {
                    WireType read = service.toObject(service.toData(each.getKey()));

                    assertThat(read).hasSameClassAs(each.getKey());
                    assertThat(hex(read)).isEqualTo(hex(each.getKey()));
                    assertThat(read)
                            .usingRecursiveComparison()
                            .ignoringCollectionOrder()
                            .isEqualTo(each.getKey());
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatALaterReleaseHasAddedIsKept() {
        return golden().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(describe(each.getKey()), () -> {
                    WireType read = ofLaterRelease(each.getKey());

                    assertThat(hex(read)).isEqualTo(ADDITION + each.getValue().substring(2));
                    assertThat(read)
                            .usingRecursiveComparison()
                            .ignoringCollectionOrder()
                            .ignoringFields("additions")
                            .isEqualTo(each.getKey());
                }));
    }

    @Test
    void whatALaterReleaseHasAddedToARecordStaysWithWhatBecomesOfIt() {
        SessionRecord record = (SessionRecord) ofLaterRelease(created());
        PrincipalSessions sessions = (PrincipalSessions) ofLaterRelease(PrincipalSessions.NONE.with("k", NOW));

        for (WireType each : List.of(
                record.apply(update(), NOW + 1, SECOND.tag()),
                record.ending(ENDING),
                record.dead(NOW, 3),
                record.retagged(3),
                record.withAttributes(Map.of()),
                record.joined(created(), Map.of(), 3),
                record.endedWith(created().dead(NOW, 3), 4),
                sessions.with("l", NOW),
                sessions.without("k"),
                sessions.withoutStale(List.of("k"), NOW),
                sessions.joined(PrincipalSessions.NONE))) {
            assertThat(hex(each)).startsWith(ADDITION);
        }
    }

    @Test
    void whatOnlyTheOtherSideOfACutKnowsOfARecordStaysToo() {
        SessionRecord record = (SessionRecord) ofLaterRelease(created());
        PrincipalSessions sessions = (PrincipalSessions) ofLaterRelease(PrincipalSessions.NONE.with("k", NOW));

        for (WireType each : List.of(
                created().joined(record, Map.of(), 3),
                created().accessedLike(record),
                PrincipalSessions.NONE.joined(sessions))) {
            assertThat(hex(each)).startsWith(ADDITION);
        }
    }

    /** The same as a release that has added something to it writes it. */
    private WireType ofLaterRelease(WireType type) {
        String bytes = HexFormat.of().formatHex(service.toBytes(type));
        String head = bytes.substring(0, 2 * HEADER);
        String fields = bytes.substring(2 * HEADER + 2);
        return requireNonNull(service.toObject(new HeapData(HexFormat.of().parseHex(head + ADDITION + fields))));
    }

    @TestFactory
    Stream<DynamicTest> anotherFormIsRefused() {
        return golden().keySet().stream()
                .map(each -> DynamicTest.dynamicTest(describe(each), () -> {
                    byte[] bytes = service.toBytes(each);
                    int formAt = bytes.length - hex(each).length() / 2;
                    bytes[formAt] = 3;
                    Data newer = new HeapData(bytes);

                    assertThatThrownBy(() -> service.toObject(newer))
                            .isInstanceOf(HazelcastSerializationException.class)
                            .rootCause()
                            .isInstanceOf(IOException.class)
                            .hasMessage(each.getClass().getSimpleName()
                                    + " in the form 3, which this release does not know");
                }));
    }

    @Test
    void everyTypeIsPinned() {
        assertThat(golden().keySet().stream().map(WireType::getClassId).distinct())
                .hasSize(26);
        assertThat(golden().keySet().stream()
                        .filter(OpenReply.class::isInstance)
                        .map(each -> ((OpenReply) each).status()))
                .containsExactlyInAnyOrder(OpenReply.Status.values());
        assertThat(golden().keySet().stream()
                        .filter(CommitReply.class::isInstance)
                        .map(each -> ((CommitReply) each).status())
                        .distinct())
                .containsExactlyInAnyOrder(CommitReply.Status.values());
        assertThat(golden().keySet().stream()
                        .filter(EndReply.class::isInstance)
                        .map(each -> ((EndReply) each).status()))
                .containsExactlyInAnyOrder(EndReply.Status.values());
    }

    /** A number as Hazelcast writes it, after the partition hash: its kind, then the time of the access before. */
    @Test
    void nothingNewIsABareNumber() {
        Object packed = opened(OpenReply.Status.NOT_MODIFIED).packed();
        byte[] bytes = service.toBytes(packed);
        Object read = service.toObject(new HeapData(bytes));

        assertThat(HexFormat.of().formatHex(bytes, 4, bytes.length)).isEqualTo("fffffff80000000001010102");
        assertThat(OpenReply.unpacked(requireNonNull(read)))
                .usingRecursiveComparison()
                .isEqualTo(opened(OpenReply.Status.NOT_MODIFIED));
    }

    @Test
    void unknownStatusIsRefused() {
        for (WireType each : List.of(
                OpenReply.without(OpenReply.Status.GONE), CommitReply.gone(), EndReply.of(EndReply.Status.NOTHING))) {
            byte[] bytes = service.toBytes(each);
            bytes[bytes.length - hex(each).length() / 2 + 1] = 99;

            assertThatThrownBy(() -> service.toObject(new HeapData(bytes)))
                    .rootCause()
                    .hasMessage("an answer with the unknown status 99");
        }
    }

    @Test
    void aCopyOfARecordKnowsThatItsAccessTimeIsExact() {
        SessionRecord owners = created();
        long later = NOW + 59_000;
        assertThat(owners.access(later)).isFalse();
        SessionRecord copy = service.toObject(service.toData(owners));

        assertThat(copy.lastAccessed()).isEqualTo(later);
        assertThat(owners.access(NOW + 61_000)).isTrue();
        assertThat(copy.access(NOW + 61_000)).isFalse();
    }

    private static String describe(WireType each) {
        String name = each.getClass().getSimpleName();
        if (each instanceof OpenReply reply) {
            return name + " " + reply.status();
        }
        if (each instanceof EndReply reply) {
            return name + " " + reply.status();
        }
        return each instanceof CommitReply reply ? name + " " + reply.status() : name;
    }

    /** What the type itself has written. */
    private String hex(WireType each) {
        byte[] bytes = service.toBytes(each);
        return HexFormat.of().formatHex(Arrays.copyOfRange(bytes, HEADER, bytes.length));
    }
}
