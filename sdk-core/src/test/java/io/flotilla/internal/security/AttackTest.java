package io.flotilla.internal.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.internal.nio.Packet;
import com.hazelcast.internal.nio.PacketIOHelper;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.flotilla.Cluster;
import io.flotilla.Security;
import io.flotilla.internal.security.MutualProof.Step;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
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
            assertThat(neighbour.prove(neighbour.proof("shop2", SECRET))).isEqualTo(Step.FAILED);
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

    private static final int MOST_PER_ADDRESS = 16;
    private static final int HELLO = 36;
    private static final byte[] REFUSED = {0};

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
