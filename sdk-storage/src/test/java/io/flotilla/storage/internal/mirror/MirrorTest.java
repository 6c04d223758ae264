package io.flotilla.storage.internal.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Content;
import io.flotilla.storage.internal.Draft;
import io.flotilla.storage.internal.Input;
import io.flotilla.storage.internal.NothingLives;
import io.flotilla.storage.internal.Reference;
import io.flotilla.storage.internal.StorageTests;
import io.flotilla.storage.internal.mirror.Fleet.Node;
import io.flotilla.storage.internal.mirror.MirrorNode.Standing;
import io.flotilla.testkit.TestTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What copies on the nodes' own disks are for: nodes come, go, and are lost with what they hold. */
class MirrorTest {
    private final TestTime time = new TestTime(java.time.Instant.parse("2126-01-01T00:00:00Z"));

    private static BlobKey blob(String text) {
        return new BlobKey(StorageTests.sha256(text), "txt");
    }

    private static Reference reference(String name, long base, long generation, String text) {
        Content content = new Content(blob(text), text.length(), "text/plain", Map.of(), 1, Content.NEVER);
        return new Reference("photos", name, base, generation, "op-" + name + generation + text.length(), content);
    }

    private static void put(Node node, String name, String text) throws IOException {
        Reference stored = reference(name, 0, 1, text);
        try (Draft draft = node.folder.draft()) {
            draft.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            draft.publish(blob(text));
            assertThat(node.folder.append(stored)).isEqualTo(stored);
            draft.publish(blob(text));
        }
    }

    private static String read(Node node, String text) throws IOException {
        try (Input in = node.folder.open(blob(text))) {
            ByteBuffer bytes = ByteBuffer.allocate((int) in.size());
            int read = 0;
            while (bytes.hasRemaining() && read >= 0) {
                read = in.read(bytes, bytes.position());
            }
            return new String(bytes.array(), UTF_8);
        }
    }

    private static List<Reference> references(Node node) throws IOException {
        List<Reference> all = new ArrayList<>();
        node.folder.forEachReference(all::add);
        return all;
    }

    private static String file(String text) {
        return blob(text).fileName();
    }

    /** A name whose reference and bytes belong to that node and not to the other. */
    private static String textFor(Fleet fleet, Node chosen, Node not) {
        for (int i = 0; ; i++) {
            String text = "text " + i;
            var nodes = fleet.node(0).own.chosen(blob(text).sha256());
            if (nodes.contains(chosen.id()) && !nodes.contains(not.id())) {
                return text;
            }
        }
    }

    @Test
    void whatIsStoredIsOnTwoDisks() throws IOException {
        Fleet fleet = new Fleet(3, 2, time);
        String text = "x".repeat(600_000); // several pieces
        put(fleet.node(0), "a", text);
        assertThat(fleet.disksWith("blobs", file(text))).isGreaterThanOrEqualTo(2);
        assertThat(fleet.disksWith("references", StorageTests.sha256("a"))).isEqualTo(2);
        for (Node each : fleet.nodes) {
            assertThat(read(each, text)).isEqualTo(text);
            assertThat(references(each)).containsExactly(reference("a", 0, 1, text));
        }
    }

    @Test
    void withTooFewNodesNothingIsStored() {
        Fleet fleet = new Fleet(3, 2, time);
        fleet.node(1).up = false;
        fleet.node(2).up = false;
        assertThatThrownBy(() -> put(fleet.node(0), "a", "text"))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessage("the storage must have 2 copies and only 1 of its nodes can take one; start the others, or"
                        + " give them up with decommission; nothing has changed");
        assertThatThrownBy(() -> fleet.node(0).folder.append(reference("a", 0, 1, "text")))
                .isInstanceOf(ClusterUnavailableException.class);
        assertThat(fleet.disksWith("blobs", "")).isZero();
        assertThat(fleet.disksWith("references", "")).isZero();
    }

    @Test
    void aNodeAloneStoresAloneAndIsNotCountedOnUntilItHasMadeCopies() throws IOException {
        Fleet fleet = new Fleet(1, 2, time);
        Node first = fleet.node(0);
        put(first, "a", "text");
        Node second = fleet.add();
        first.up = false;
        assertThatThrownBy(() -> references(second)).isInstanceOf(ClusterUnavailableException.class);
        first.up = true;
        assertThat(fleet.repair(false)).isTrue();
        first.up = false;
        assertThat(references(second)).hasSize(1);
        assertThat(read(second, "text")).isEqualTo("text");
    }

    @Test
    void anotherNodeKeepsTheCopyOfOneThatIsAwayAndHandsItOver() throws IOException {
        Fleet fleet = new Fleet(4, 2, time);
        Node away = fleet.node(3);
        String text = textFor(fleet, away, fleet.node(0));
        away.up = false;
        put(fleet.node(0), "a", text);
        assertThat(fleet.disksWith("blobs", file(text))).isGreaterThanOrEqualTo(2);
        away.restart();
        assertThat(away.has("blobs", file(text))).isFalse();
        assertThat(fleet.repair(false)).isTrue();
        assertThat(away.has("blobs", file(text))).isTrue();
        assertThat(fleet.disksWith("blobs", file(text)))
                .as("nobody else keeps one")
                .isEqualTo(2);
    }

    @Test
    void noCopyIsRemovedWhileANodeIsAway() throws IOException {
        Fleet fleet = new Fleet(4, 2, time);
        String text = textFor(fleet, fleet.node(1), fleet.node(0));
        put(fleet.node(0), "a", text);
        long before = fleet.disksWith("blobs", file(text));
        assertThat(before).isEqualTo(3);
        Node away = fleet.nodes.stream()
                .filter(each -> !each.has("blobs", file(text)))
                .findFirst()
                .orElseThrow();
        away.up = false;
        fleet.repair(false);
        assertThat(fleet.disksWith("blobs", file(text))).isEqualTo(3);
        away.up = true;
        fleet.repair(false);
        assertThat(fleet.disksWith("blobs", file(text))).isEqualTo(2);
    }

    @Test
    void aNodeLostWithItsDiskIsReplaced() throws IOException {
        Fleet fleet = new Fleet(4, 2, time);
        for (int i = 0; i < 20; i++) {
            put(fleet.node(i % 4), "n" + i, "text " + i);
        }
        fleet.repair(false);
        Node lost = fleet.nodes.remove(3);
        fleet.repair(true);
        for (int i = 0; i < 20; i++) {
            assertThat(fleet.disksWith("blobs", file("text " + i))).isGreaterThanOrEqualTo(2);
            assertThat(fleet.disksWith("references", StorageTests.sha256("n" + i)))
                    .isGreaterThanOrEqualTo(2);
        }
        assertThatThrownBy(() -> sweep(fleet.node(0))).isInstanceOf(ClusterUnavailableException.class);
        MirrorNode gone = new MirrorNode(lost.id(), "", 100, Standing.GONE);
        fleet.node(0).learn(Roster.EMPTY.with(gone));
        fleet.meet();
        assertThat(fleet.repair(false)).isTrue();
        sweep(fleet.node(0));
        fleet.nodes.remove(2);
        assertThat(references(fleet.node(0))).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(read(fleet.node(1), "text " + i)).isEqualTo("text " + i);
        }
    }

    @Test
    void readingGoesOnAtTheSameByteFromAnotherCopy() throws IOException {
        Fleet fleet = new Fleet(4, 3, time);
        Node reader = fleet.node(0);
        String text = "";
        for (int i = 0; text.isEmpty(); i++) {
            String some = ("text " + i + " ").repeat(100);
            text = fleet.node(0).own.chosen(blob(some).sha256()).contains(reader.id()) ? "" : some;
        }
        put(fleet.node(1), "a", text);
        List<Node> sources = sources(fleet, reader, text);
        try (Input in = reader.folder.open(blob(text))) {
            ByteBuffer bytes = ByteBuffer.allocate(text.length());
            int read = 0;
            for (Node each : sources.subList(0, 2)) {
                bytes.limit(bytes.position() + 10);
                read += in.read(bytes, read);
                each.up = false;
            }
            bytes.limit(text.length());
            while (bytes.hasRemaining()) {
                read += in.read(bytes, read);
            }
            assertThat(new String(bytes.array(), UTF_8)).isEqualTo(text);
            fleet.node(1).up = fleet.node(2).up = fleet.node(3).up = false;
            assertThatThrownBy(() -> in.read(ByteBuffer.allocate(1), 0)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> reader.folder.open(blob("text elsewhere")))
                .isInstanceOf(ClusterUnavailableException.class);
    }

    /** The other nodes that have it, in the order in which they are asked for it. */
    private static List<Node> sources(Fleet fleet, Node reader, String text) {
        return reader.own.order(blob(text).sha256()).stream()
                .map(Holder::id)
                .flatMap(id -> fleet.nodes.stream().filter(each -> each.id().equals(id)))
                .filter(each -> each.has("blobs", file(text)))
                .toList();
    }

    @Test
    void aPutFailsUnlessAllItsCopiesAreOnDisk() throws IOException {
        Fleet fleet = new Fleet(2, 2, time);
        fleet.node(1).disk.listen(step -> {
            throw new IOException("no space left");
        });
        try (Draft draft = fleet.node(0).folder.draft()) {
            draft.write(ByteBuffer.wrap("text".getBytes(UTF_8)));
            assertThatThrownBy(() -> draft.publish(blob("text"))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aSurplusCopyStaysUntilThoseWhoShouldHaveItDo() throws IOException {
        Fleet fleet = new Fleet(4, 2, time);
        Node surplus = fleet.node(0);
        String text = textFor(fleet, fleet.node(1), surplus);
        put(surplus, "a", text);
        BlobKey blob = blob(text);
        Path file =
                Path.of("/blobs", blob.sha256().substring(0, 2), blob.sha256().substring(2, 4), blob.fileName());
        for (Node each : sources(fleet, surplus, text)) {
            if (each != surplus) {
                each.disk.delete(file);
                each.disk.listen(step -> {
                    throw new IOException("no space left");
                });
            }
        }
        assertThat(surplus.repair(false)).isFalse();
        assertThat(surplus.has("blobs", file(text))).isTrue();
        fleet.nodes.forEach(each -> each.disk.listen(step -> {}));
        assertThat(surplus.repair(false)).isTrue();
        assertThat(surplus.has("blobs", file(text))).isFalse();
        assertThat(fleet.disksWith("blobs", file(text))).isEqualTo(2);
    }

    @Test
    void aDamagedFileIsNotCopied() throws IOException {
        Fleet fleet = new Fleet(2, 2, time);
        put(fleet.node(0), "a", "some text");
        Node third = fleet.add();
        Node sender = fleet.node(0);
        BlobKey blob = blob("some text");
        String sha256 = blob.sha256();
        sender.disk.damage(Path.of("/blobs", sha256.substring(0, 2), sha256.substring(2, 4), blob.fileName()));
        Holder receiver = sender.present().stream()
                .filter(each -> each.id().equals(third.id()))
                .findFirst()
                .orElseThrow();
        try (Input damaged = sender.local.open(blob)) {
            assertThatThrownBy(() -> receiver.receive(blob, damaged)).isInstanceOf(IOException.class);
        }
        assertThat(third.has("blobs", blob.fileName())).isFalse();
        assertThat(third.has("temp", "")).as("thrown away").isFalse();
    }

    @Test
    void twoWritersThatSeeOtherNodesDoNotBothWin() throws IOException {
        Fleet fleet = new Fleet(3, 2, time);
        Node first = fleet.nodes.stream()
                .filter(each -> each.id()
                        .equals(fleet.node(0).own.order("photos/a").get(0).id()))
                .findFirst()
                .orElseThrow();
        first.up = false;
        Node writer = fleet.nodes.stream().filter(each -> each.up).findFirst().orElseThrow();
        Reference stored = reference("a", 0, 5, "stored");
        assertThat(writer.folder.append(stored)).isEqualTo(stored);
        first.up = true;
        assertThat(first.folder.append(reference("a", 0, 9, "late!!!"))).isEqualTo(stored);
        assertThat(references(first)).containsExactly(stored);
    }

    @Test
    void whatWasDeletedWhileANodeWasAwayDoesNotComeBack() throws IOException {
        Fleet fleet = new Fleet(3, 2, time);
        put(fleet.node(0), "a", "text");
        Node away = fleet.nodes.stream()
                .filter(each -> each.has("references", ""))
                .findFirst()
                .orElseThrow();
        fleet.repair(false);
        away.up = false;
        Reference deleted = new Reference("photos", "a", 1, 2, "deleted", null);
        Node other = fleet.nodes.stream().filter(each -> each.up).findFirst().orElseThrow();
        assertThat(other.folder.append(deleted)).isEqualTo(deleted);
        away.up = true;
        for (int i = 0; i < 3; i++) {
            for (Node each : fleet.nodes) {
                if (each != away) {
                    sweep(each);
                }
            }
        }
        fleet.repair(false);
        assertThat(references(fleet.node(0))).isEmpty();
        assertThat(fleet.disksWith("references", "")).isZero();
    }

    private static void sweep(Node node) throws IOException {
        node.folder.sweep(new NothingLives(Long.MAX_VALUE / 2));
    }

    /** Nodes stop and start at any moment, one at a time; then one of them is lost with its disk. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nothingThatWasAcknowledgedIsLost(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        Fleet fleet = new Fleet(4, 2, time);
        Map<String, String> acknowledged = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            Node stopping = fleet.node(random.nextInt(4));
            int steps = random.nextInt(60);
            stopping.disk.listen(step -> {
                if (step == steps) {
                    stopping.up = false;
                    throw new IOException("stopped");
                }
            });
            String text = "text " + i;
            try {
                put(fleet.node(random.nextInt(4)), "n" + i, text);
                acknowledged.put("n" + i, text);
            } catch (IOException | ClusterUnavailableException failed) {
                assertThat(failed).isNotNull();
            }
            stopping.disk.listen(step -> {});
            stopping.restart();
            if (random.nextInt(5) == 0) {
                fleet.repair(random.nextBoolean());
            }
        }
        assertThat(acknowledged).hasSizeGreaterThan(20);
        fleet.repair(false);
        fleet.nodes.remove(random.nextInt(4));
        assertAllThere(fleet, acknowledged);
    }

    private static void assertAllThere(Fleet fleet, Map<String, String> acknowledged) {
        try {
            for (Node node : fleet.nodes) {
                Map<String, Reference> found = new HashMap<>();
                node.folder.forEachReference(each -> found.put(each.name(), each));
                for (Map.Entry<String, String> each : acknowledged.entrySet()) {
                    assertThat(found.get(each.getKey())).isEqualTo(reference(each.getKey(), 0, 1, each.getValue()));
                    assertThat(read(node, each.getValue())).isEqualTo(each.getValue());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
