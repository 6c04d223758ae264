package io.flotilla.internal.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.hazelcast.config.Config;
import com.hazelcast.internal.nio.Packet;
import com.hazelcast.internal.nio.PacketIOHelper;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.sun.management.UnixOperatingSystemMXBean;
import io.flotilla.Cluster;
import io.flotilla.ClusterBuilder;
import io.flotilla.Discovery;
import io.flotilla.Security;
import io.flotilla.internal.security.MutualProof.Step;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.example.outside.Gadget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What strangers can try on a member's port, with real sockets. */
@Tag("cluster")
@Timeout(60)
@ExtendWith(CleanSlate.class)
@ExpectLog(value = "refused a connection from 127\\.0\\.0\\.1: ", required = false)
final class AttackTest {
    private static final String NAME = "shop";
    private static final byte[] SECRET = Security.newSecret().getBytes(US_ASCII);
    private static final byte[] WRONG_SECRET = Security.newSecret().getBytes(US_ASCII);

    /** Lengths and words of the proof; the first record of a TLS handshake. */
    private static final int HELLO = 36;

    private static final byte[] REFUSED = {0};
    private static final byte[] CLIENT_HELLO = clientHello();
    private static final int MOST_PER_ADDRESS = 16;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void noGadgetHasRun() {
        Gadget.RAN.set(false);
    }

    @Test
    void whatIsNotTlsHearsSoAndIsClosed() throws Exception {
        try (Cluster member = member()) {
            byte[] noise = new byte[10_000];
            new Random(42).nextBytes(noise);
            noise[0] = 0; // neither an alert nor a handshake
            List<byte[]> openings = List.of(
                    noise,
                    "GET / HTTP/1.1\r\nHost: member\r\n\r\n".getBytes(US_ASCII),
                    "get key\r\n".getBytes(US_ASCII),
                    "CP2".getBytes(US_ASCII),
                    "HZC".getBytes(US_ASCII),
                    gadget());
            for (byte[] each : openings) {
                try (Socket stranger = Intruder.dial(port(member))) {
                    stranger.getOutputStream().write(each);

                    assertThat(new String(Intruder.readToTheEnd(stranger), US_ASCII))
                            .isEqualTo("HZX");
                }
            }
            assertRefused("tls", openings.size());
            assertThat(Gadget.RAN).isFalse();
            assertHoldsNothing(member);
        }
    }

    @Test
    void garbageThatLooksLikeTlsIsRefused() throws Exception {
        try (Cluster member = member()) {
            byte[] noise = new byte[10_000];
            new Random(42).nextBytes(noise);
            noise[0] = 22;
            try (Socket stranger = Intruder.dial(port(member))) {
                stranger.getOutputStream().write(noise);

                Intruder.readToTheEnd(stranger);
            }
            assertRefused("tls", 1);
            assertHoldsNothing(member);
        }
    }

    /** Hazelcast itself would run any class: nothing but the proof is in the way here, as the last assertion shows. */
    @Test
    @ExpectLog("Failed to process: Packet")
    void nothingIsDeserializedWithoutAProof() throws Exception {
        try (Cluster member =
                member(config -> config.getSerializationConfig().setJavaSerializationFilterConfig(null))) {
            try (Intruder hasty = Intruder.connect(port(member))) {
                hasty.send(gadget());
                hasty.readToTheEnd();
            }
            try (Intruder polite = Intruder.connect(port(member))) {
                polite.send(concat(polite.proof(NAME, SECRET).hello(), gadget()));
                polite.readToTheEnd();
            }
            try (Intruder liar = Intruder.connect(port(member))) {
                MutualProof proof = liar.proof(NAME, WRONG_SECRET);
                liar.send(proof.hello());
                liar.send(concat(answer(liar, proof), gadget()));
                liar.readToTheEnd();
            }
            assertRefused("protocol", 1);
            assertRefused("secret", 2);
            assertThat(Gadget.RAN).isFalse();

            try (Intruder traitor = Intruder.connect(port(member))) {
                assertThat(traitor.prove(traitor.proof(NAME, SECRET))).isEqualTo(Step.DONE);
                traitor.send(gadget());
                await().untilTrue(Gadget.RAN);
            }
        }
    }

    @Test
    void whoProvesTheSecretForAnotherClusterIsRefused() throws Exception {
        try (Cluster member = member();
                Intruder neighbour = Intruder.connect(port(member))) {
            assertThat(neighbour.prove(neighbour.proof("chop", SECRET))).isEqualTo(Step.FAILED);
            assertRefused("secret", 1);
        }
    }

    @Test
    void aProofIsGoodOnItsOwnConnectionOnly() throws Exception {
        try (Cluster member = member();
                Intruder honest = Intruder.connect(port(member));
                Intruder thief = Intruder.connect(port(member))) {
            MutualProof proof = honest.proof(NAME, SECRET);
            byte[] hello = proof.hello();
            honest.send(hello);
            byte[] stolen = answer(honest, proof);

            thief.send(hello);
            thief.read(HELLO);
            thief.send(stolen);

            assertThat(thief.readToTheEnd()).isEqualTo(REFUSED);
            honest.send(stolen);
            assertThat(honest.read(1)).isEqualTo(new byte[] {1});
        }
    }

    /** The same, between the same certificates: then only the nonces differ. */
    @Test
    void aProofIsGoodOnce() throws Exception {
        try (Cluster member = member()) {
            byte[] hello;
            byte[] proven;
            try (Intruder first = Intruder.connect(port(member))) {
                MutualProof proof = first.proof(NAME, SECRET);
                hello = proof.hello();
                first.send(hello);
                proven = answer(first, proof);
                first.send(proven);
                assertThat(first.read(1)).isEqualTo(new byte[] {1});
            }
            try (Intruder again = Intruder.connect(port(member))) {
                again.send(hello);
                again.read(HELLO);
                again.send(proven);
                assertThat(again.readToTheEnd()).isEqualTo(REFUSED);
            }
        }
    }

    @Test
    void anOlderVersionOfTheProofIsRefused() throws Exception {
        try (Cluster member = member();
                Intruder old = Intruder.connect(port(member))) {
            byte[] hello = old.proof(NAME, SECRET).hello();
            hello[3]--;
            old.send(hello);

            assertThat(old.readToTheEnd()).hasSize(HELLO); // its own hello, no word more
            assertRefused("protocol", 1);
        }
    }

    /** The version is part of the proof: nobody in between can change it. */
    @Test
    void aVersionChangedOnTheWayIsRefused() throws Exception {
        try (Cluster member = member();
                Intruder changed = Intruder.connect(port(member))) {
            MutualProof proof = changed.proof(NAME, SECRET);
            byte[] hello = proof.hello();
            hello[3]++;
            changed.send(hello);
            changed.send(answer(changed, proof));

            assertThat(changed.readToTheEnd()).isEqualTo(REFUSED);
        }
    }

    /** Each has a moment in which it is told why: as many as come in that moment would be as many sockets. */
    @Test
    void refusedConnectionsCountUntilTheyAreClosed() throws Exception {
        try (Cluster member = member();
                Strangers strangers = new Strangers()) {
            Insides insides = Insides.of(member);
            int most = 0;
            for (int i = 0; i < 200; i++) {
                Socket stranger = strangers.dial(port(member));
                stranger.getOutputStream().write('?');
                assertThat(stranger.getInputStream().readNBytes(3)).hasSizeLessThanOrEqualTo(3);
                most = Math.max(most, insides.connections().size());
            }
            assertThat(most).isLessThanOrEqualTo(MOST_PER_ADDRESS + 1); // one just comes, one just goes
        }
    }

    /** Somebody slow who has done nothing wrong comes before those who have. */
    @Test
    void refusedConnectionsPushOutNobodyElse() throws Exception {
        try (Cluster member = member();
                Strangers strangers = new Strangers()) {
            Socket slow = strangers.dial(port(member));
            slow.getOutputStream().write(CLIENT_HELLO, 0, 10);
            for (int i = 0; i < 3 * MOST_PER_ADDRESS; i++) {
                Socket stranger = strangers.dial(port(member));
                stranger.getOutputStream().write('?');
                assertThat(stranger.getInputStream().readNBytes(3)).isEqualTo("HZX".getBytes(US_ASCII));
            }
            slow.getOutputStream().write(CLIENT_HELLO, 10, CLIENT_HELLO.length - 10);
            assertThat(slow.getInputStream().read())
                    .as("a TLS handshake record")
                    .isEqualTo(22);
        }
    }

    /** Wherever it stops talking, and however slowly it talks, a stranger is gone when its time is up. */
    @Test
    void whoDoesNotComeToAnEndIsClosedAtTheDeadline() throws Exception {
        try (Cluster member = member();
                Strangers strangers = new Strangers();
                Intruder wordless = Intruder.connect(port(member));
                Intruder greeting = Intruder.connect(port(member));
                Intruder halfProven = Intruder.connect(port(member))) {
            long start = System.nanoTime();
            Socket silent = strangers.dial(port(member));
            Socket oneByte = strangers.dial(port(member));
            oneByte.getOutputStream().write(CLIENT_HELLO, 0, 1);
            Socket halfHello = strangers.dial(port(member));
            halfHello.getOutputStream().write(CLIENT_HELLO, 0, CLIENT_HELLO.length / 2);
            Socket halfHandshake = strangers.dial(port(member));
            halfHandshake.getOutputStream().write(CLIENT_HELLO);
            MutualProof proof = greeting.proof(NAME, SECRET);
            greeting.send(proof.hello());
            MutualProof half = halfProven.proof(NAME, SECRET);
            halfProven.send(half.hello());
            halfProven.send(Arrays.copyOf(answer(halfProven, half), 31));
            Socket slow = strangers.dial(port(member));
            Thread drip = new Thread(() -> drip(slow));
            drip.start();
            await().untilAsserted(
                            () -> assertThat(Insides.of(member).connections()).hasSize(8));

            for (Socket each : List.of(silent, oneByte, halfHello, halfHandshake, slow)) {
                Intruder.readToTheEnd(each);
            }
            wordless.readToTheEnd();
            greeting.readToTheEnd();
            halfProven.readToTheEnd();

            drip.join(); // its socket is gone, not only shut down
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(4_500), Duration.ofMillis(7_500));
            assertRefused("timeout", 8);
            assertHoldsNothing(member);
        }
    }

    /** A byte of a long TLS record every 100 ms, for as long as it is taken. */
    private static void drip(Socket socket) {
        try {
            for (int i = 0; i < 100; i++) {
                socket.getOutputStream().write(CLIENT_HELLO[i]);
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        } catch (IOException closed) {
            // as it should be
        }
    }

    @Test
    void silentConnectionsKeepNoMemberOut() throws Exception {
        try (Cluster member = member();
                Strangers strangers = new Strangers()) {
            for (int i = 0; i < 100; i++) {
                strangers.dial(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (1 + i % 50)}), port(member));
            }
            for (int i = 0; i < 20; i++) {
                strangers.dial(port(member)).getOutputStream().write(CLIENT_HELLO, 0, 10);
            }
            try (Cluster good = newcomer(port(member)).start()) {
                assertThat(good.hazelcast().getCluster().getMembers()).hasSize(2);
                assertThat(refused("crowded-out")).isGreaterThanOrEqualTo(100 + 20 - 64);
            }
        }
    }

    /** By the limit of one address, whatever room there is for others. */
    @Test
    void oneAddressKeepsItsPlaces() throws Exception {
        try (Cluster member = member();
                Strangers strangers = new Strangers()) {
            for (int i = 0; i < 100; i++) {
                strangers.dial(port(member));
            }
            await().untilAsserted(() -> {
                assertRefused("crowded-out", 100 - MOST_PER_ADDRESS);
                assertThat(Insides.of(member).connections()).hasSize(MOST_PER_ADDRESS);
            });
        }
    }

    @Test
    void aConnectionMayEndInAnyPhase() throws Exception {
        try (Cluster member = member()) {
            Intruder.dial(port(member)).close();
            for (int length : new int[] {1, 4, 5, 6, CLIENT_HELLO.length / 2, CLIENT_HELLO.length}) {
                try (Socket stranger = Intruder.dial(port(member))) {
                    stranger.getOutputStream().write(CLIENT_HELLO, 0, length);
                }
            }
            Intruder.connect(port(member)).close();
            for (int length : new int[] {1, HELLO - 1, HELLO, HELLO + 1, HELLO + 31}) {
                try (Intruder intruder = Intruder.connect(port(member))) {
                    MutualProof proof = intruder.proof(NAME, SECRET);
                    byte[] hello = proof.hello();
                    intruder.send(Arrays.copyOf(concat(hello, answer(intruder, proof)), length));
                }
            }
            try (Intruder intruder = Intruder.connect(port(member))) {
                assertThat(intruder.prove(intruder.proof(NAME, SECRET))).isEqualTo(Step.DONE);
            }
            assertHoldsNothing(member);
            assertRefused("closed", 13);
            assertThat(member.hazelcast().getMap("data").size()).isZero();
        }
    }

    /** Nor are the strangers any better off for it. */
    @Test
    void aMemberLeavesInPeaceWhileStrangersKnock() throws Exception {
        try (Strangers strangers = new Strangers()) {
            Socket silent;
            Socket speaking;
            try (Cluster member = member()) {
                silent = strangers.dial(port(member));
                speaking = strangers.dial(port(member));
                speaking.getOutputStream().write(CLIENT_HELLO);
                await().untilAsserted(() ->
                        assertThat(Insides.of(member).connections()).hasSize(2));
            }
            Intruder.readToTheEnd(silent);
            Intruder.readToTheEnd(speaking);
        }
    }

    /** Sockets, threads, entries, memory; and a log that nobody needs to read twice. */
    @Test
    void aThousandStrangersLeaveNothing() throws Exception {
        try (Cluster member = member();
                LogLines own = LogLines.of("io.flotilla", Level.INFO);
                LogLines hazelcast = LogLines.of("com.hazelcast", Level.INFO)) {
            garbage(member, 100);
            assertHoldsNothing(member);
            long files = openFiles();
            long threads = Thread.activeCount();
            long memory = usedMemory();

            garbage(member, 1_000);

            assertHoldsNothing(member);
            await().untilAsserted(() -> {
                assertThat(openFiles()).isLessThanOrEqualTo(files + 10);
                assertThat(Thread.activeCount()).isLessThanOrEqualTo((int) threads + 5);
            });
            assertThat(usedMemory()).isLessThan(memory + 10_000_000);
            assertThat(hazelcast.lines()).isEmpty();
            assertThat(own.lines()).as("one line a minute").hasSize(1);
        }
    }

    private static void garbage(Cluster member, int connections) throws IOException {
        Random random = new Random(connections);
        for (int i = 0; i < connections; i++) {
            byte[] noise = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(noise);
            noise[0] = i % 2 == 0 ? 22 : noise[0];
            if (i % 10 == 0) {
                try (Intruder intruder = Intruder.connect(port(member))) {
                    intruder.send(noise);
                    continue;
                }
            }
            try (Socket stranger = Intruder.dial(port(member))) {
                stranger.getOutputStream().write(noise);
            }
        }
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    private static long usedMemory() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            runtime.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static byte[] clientHello() {
        try {
            SSLEngine engine = Identity.ephemeral().newEngine(MutualProof.Role.CONNECTOR);
            ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), record);
            return Arrays.copyOf(record.array(), record.position());
        } catch (GeneralSecurityException | IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** What the proof answers to the member's hello. */
    private static byte[] answer(Intruder intruder, MutualProof proof) throws IOException {
        return proof.receive(ByteBuffer.wrap(intruder.read(HELLO)));
    }

    /** A member's opening, and a packet whose content is deserialized as soon as it has come. */
    private static byte[] gadget() {
        byte[] content = new DefaultSerializationServiceBuilder().build().toBytes(new Gadget());
        Packet packet = new Packet(content).setPacketType(Packet.Type.SERVER_CONTROL);
        ByteBuffer wire = ByteBuffer.allocate(content.length + 100).put("HZC".getBytes(US_ASCII));
        assertThat(new PacketIOHelper().writeTo(packet, wire)).isTrue();
        byte[] bytes = new byte[wire.flip().remaining()];
        wire.get(bytes);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] each : parts) {
            whole.writeBytes(each);
        }
        return whole.toByteArray();
    }

    private static void assertHoldsNothing(Cluster member) {
        Insides insides = Insides.of(member);
        await().untilAsserted(() -> {
            assertThat(insides.connections()).isEmpty();
            assertThat(insides.channels()).isEmpty();
        });
    }

    private void assertRefused(String reason, int times) {
        await().untilAsserted(() -> assertThat(refused(reason)).as(reason).isEqualTo(times));
    }

    private double refused(String reason) {
        return meters.get("flotilla.connections.refused")
                .tag("reason", reason)
                .functionCounter()
                .count();
    }

    private static int port(Cluster member) {
        return member.hazelcast()
                .getCluster()
                .getLocalMember()
                .getSocketAddress()
                .getPort();
    }

    private static ClusterBuilder newcomer(int seed) {
        return Cluster.builder(NAME)
                .node("b")
                .discovery(Discovery.members("127.0.0.1:" + seed))
                .security(Security.secret(SECRET));
    }

    private Cluster member() {
        return member(config -> {});
    }

    private Cluster member(Consumer<Config> hazelcast) {
        return Cluster.builder(NAME)
                .node("a")
                .security(Security.secret(SECRET))
                .meterRegistry(meters)
                .hazelcast(hazelcast)
                .start();
    }
}
