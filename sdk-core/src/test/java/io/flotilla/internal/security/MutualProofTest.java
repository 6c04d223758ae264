package io.flotilla.internal.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.internal.security.MutualProof.Role;
import io.flotilla.internal.security.MutualProof.Step;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class MutualProofTest {
    private static final byte[] CERTIFICATE_C = {1, 2, 3};
    private static final byte[] CERTIFICATE_A = {4, 5, 6};
    private static final MemberKey KEY = key("first");
    private static final MemberKey OTHER = key("second");

    private static MemberKey key(String seed) {
        return MemberKey.of(seed.repeat(8).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] nonce(int fill) {
        byte[] nonce = new byte[32];
        Arrays.fill(nonce, (byte) fill);
        return nonce;
    }

    private static MutualProof connector(MemberKey... keys) {
        return new MutualProof(Role.CONNECTOR, "shop", CERTIFICATE_C, CERTIFICATE_A, () -> List.of(keys), nonce(7));
    }

    private static MutualProof acceptor(MemberKey... keys) {
        return new MutualProof(Role.ACCEPTOR, "shop", CERTIFICATE_A, CERTIFICATE_C, () -> List.of(keys), nonce(9));
    }

    /** Lets two ends talk until neither has anything to say; what {@code tamper} returns arrives. */
    private static void talk(MutualProof connector, MutualProof acceptor, Tamper tamper) {
        byte[] toAcceptor = connector.hello();
        byte[] toConnector = acceptor.hello();
        while (toAcceptor.length > 0 || toConnector.length > 0) {
            byte[] fromAcceptor = feed(acceptor, tamper.of(Role.CONNECTOR, toAcceptor));
            byte[] fromConnector = feed(connector, tamper.of(Role.ACCEPTOR, toConnector));
            toAcceptor = fromConnector;
            toConnector = fromAcceptor;
        }
    }

    private static byte[] feed(MutualProof end, byte[] bytes) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining() && end.step() != Step.DONE && end.step() != Step.FAILED) {
            said.writeBytes(end.receive(buffer));
        }
        return said.toByteArray();
    }

    private interface Tamper {
        byte[] of(Role sender, byte[] message);
    }

    private static final Tamper FAITHFUL = (sender, message) -> message;

    @Test
    void bothEndsAreDoneUnderTheKeyThatTheyShare() {
        MutualProof connector = connector(KEY);
        MutualProof acceptor = acceptor(KEY);

        talk(connector, acceptor, FAITHFUL);

        assertThat(connector.step()).isEqualTo(Step.DONE);
        assertThat(acceptor.step()).isEqualTo(Step.DONE);
        assertThat(connector.key()).isEqualTo(KEY);
        assertThat(acceptor.key()).isEqualTo(KEY);
    }

    @Test
    void theConnectorProvesWithItsFirstKeyAndTheAcceptorTakesAnyOfItsOwn() {
        MutualProof connector = connector(OTHER, KEY);
        MutualProof acceptor = acceptor(KEY, OTHER);

        talk(connector, acceptor, FAITHFUL);

        assertThat(connector.step()).isEqualTo(Step.DONE);
        assertThat(acceptor.key()).isEqualTo(OTHER);
    }

    @Test
    void anotherSecretIsRefusedAndTheConnectorLearnsWhy() {
        MutualProof connector = connector(OTHER);
        MutualProof acceptor = acceptor(KEY);

        talk(connector, acceptor, FAITHFUL);

        assertThat(acceptor.refusal()).isEqualTo(Refusal.SECRET);
        assertThat(acceptor.key()).isNull();
        assertThat(connector.refusal()).isEqualTo(Refusal.BY_PEER);
        assertThat(connector.key()).isNull();
    }

    @Test
    void anotherClusterWithTheSameSecretIsRefused() {
        MutualProof connector = connector(KEY);
        MutualProof acceptor =
                new MutualProof(Role.ACCEPTOR, "shop2", CERTIFICATE_A, CERTIFICATE_C, () -> List.of(KEY), nonce(9));

        talk(connector, acceptor, FAITHFUL);

        assertThat(acceptor.refusal()).isEqualTo(Refusal.SECRET);
    }

    @Test
    void aManInTheMiddleHasOtherCertificatesAndIsRefused() {
        MutualProof connector =
                new MutualProof(Role.CONNECTOR, "shop", CERTIFICATE_C, new byte[] {66}, () -> List.of(KEY), nonce(7));
        MutualProof acceptor =
                new MutualProof(Role.ACCEPTOR, "shop", CERTIFICATE_A, new byte[] {66}, () -> List.of(KEY), nonce(9));

        talk(connector, acceptor, FAITHFUL);

        assertThat(acceptor.step()).isEqualTo(Step.FAILED);
        assertThat(connector.step()).isEqualTo(Step.FAILED);
    }

    @Test
    void anAcceptorThatOnlyMirrorsIsRefused() {
        MutualProof connector = connector(KEY);
        byte[] proof = feed(connector, connector.hello());
        byte[] mirrored = ByteBuffer.allocate(33).put((byte) 1).put(proof).array();

        feed(connector, mirrored);

        assertThat(connector.refusal()).isEqualTo(Refusal.SECRET);
    }

    @Test
    void aConnectorThatOnlyMirrorsLearnsNothingAndIsRefused() {
        MutualProof acceptor = acceptor(KEY);

        assertThat(feed(acceptor, acceptor.hello()))
                .as("no proof before the other's")
                .isEmpty();
        assertThat(feed(acceptor, new byte[32])).containsExactly(0);
        assertThat(acceptor.refusal()).isEqualTo(Refusal.SECRET);
    }

    @Test
    void aRecordedProofIsWorthNothingToAnotherNonce() {
        ByteArrayOutputStream recorded = new ByteArrayOutputStream();
        talk(connector(KEY), acceptor(KEY), (sender, message) -> {
            if (sender == Role.CONNECTOR) {
                recorded.writeBytes(message);
            }
            return message;
        });
        MutualProof later =
                new MutualProof(Role.ACCEPTOR, "shop", CERTIFICATE_A, CERTIFICATE_C, () -> List.of(KEY), nonce(10));

        feed(later, recorded.toByteArray());

        assertThat(later.refusal()).isEqualTo(Refusal.SECRET);
    }

    @Test
    void whatFollowsTheProofIsLeftForHazelcast() {
        MutualProof connector = connector(KEY);
        MutualProof acceptor = acceptor(KEY);
        byte[] proof = feed(connector, acceptor.hello());
        feed(acceptor, connector.hello());
        ByteBuffer bytes = ByteBuffer.allocate(36)
                .put(proof)
                .put("HZC!".getBytes(StandardCharsets.US_ASCII))
                .flip();

        acceptor.receive(bytes);

        assertThat(acceptor.step()).isEqualTo(Step.DONE);
        assertThat(StandardCharsets.US_ASCII.decode(bytes).toString()).isEqualTo("HZC!");
    }

    /** Computed apart, with Python's hmac, from the description in the class's documentation. */
    @Test
    void theBytesOnTheWireStayAsTheyAre() {
        MutualProof connector = connector(KEY);
        MutualProof acceptor = acceptor(KEY);

        byte[] proof = feed(connector, acceptor.hello());
        feed(acceptor, connector.hello());
        byte[] verdict = feed(acceptor, proof);

        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(connector.hello())).isEqualTo("464c5401" + "07".repeat(32));
        assertThat(hex.formatHex(proof)).isEqualTo("d8e6e1411ee77f5ea0d29fc1eda7dc3d11e26c5c8a706358a8640c9b1e89a7e2");
        assertThat(hex.formatHex(verdict))
                .isEqualTo("01ebeccd7c9f83f9169dc83b38e6066479956a831cc004e8dff0ef0981ca6c3640");
    }

    /** Whatever is changed on the way, at most the end that had already been convinced is done. */
    @Property
    void noFlippedBitGoesUnnoticed(
            @ForAll @IntRange(max = 36 + 32 + 36 + 33 - 1) int at, @ForAll @IntRange(max = 7) int bit) {
        MutualProof connector = connector(KEY);
        MutualProof acceptor = acceptor(KEY);
        Map<Role, Integer> sent = new EnumMap<>(Map.of(Role.CONNECTOR, 0, Role.ACCEPTOR, 36 + 32));
        talk(connector, acceptor, (sender, message) -> {
            int begin = sent.merge(sender, message.length, Integer::sum) - message.length;
            byte[] changed = message.clone();
            if (at >= begin && at < begin + message.length) {
                changed[at - begin] ^= (byte) (1 << bit);
            }
            return changed;
        });

        assertThat(connector.step()).isNotEqualTo(Step.DONE);
        boolean onlyTheVerdictWasChanged = at >= 36 + 32 + 36;
        assertThat(acceptor.step() == Step.DONE).isEqualTo(onlyTheVerdictWasChanged);
    }

    @Property
    void chunksOfAnySizeMakeNoDifference(@ForAll long seed) {
        Random random = new Random(seed);
        MutualProof connector = connector(KEY);
        MutualProof acceptor = acceptor(OTHER, KEY);

        byte[] proof = feedInChunks(connector, acceptor.hello(), random);
        feedInChunks(acceptor, connector.hello(), random);
        feedInChunks(connector, feedInChunks(acceptor, proof, random), random);

        assertThat(connector.step()).isEqualTo(Step.DONE);
        assertThat(acceptor.step()).isEqualTo(Step.DONE);
    }

    private static byte[] feedInChunks(MutualProof end, byte[] bytes, Random random) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        for (int from = 0; from < bytes.length; ) {
            int length = 1 + random.nextInt(bytes.length - from);
            said.writeBytes(feed(end, Arrays.copyOfRange(bytes, from, from + length)));
            from += length;
        }
        return said.toByteArray();
    }
}
