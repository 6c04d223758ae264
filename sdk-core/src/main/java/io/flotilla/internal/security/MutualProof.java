package io.flotilla.internal.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Two members prove to each other that they know the cluster's secret, over a channel that is encrypted already.
 *
 * <h2>Messages</h2>
 *
 * <pre>
 * both       hello    "FLT", version (1), nonce (32)
 * connector  proof    MAC (32)
 * acceptor   verdict  1, MAC (32)    or    0
 * </pre>
 *
 * MAC is HMAC-SHA256, under a key derived from the secret, of: the sender's role, the name of the cluster with its length,
 * both hellos, and the SHA-256 of both certificates of the channel, the connector's first. So a proof is worth nothing on
 * another channel (a man in the middle has other certificates), at another time (nonces), in the other direction (role), in
 * another cluster (name) or in a lower version of the protocol (hellos).
 *
 * <p>The connector proves first: whoever merely connects learns nothing that depends on the secret. It uses the first of its
 * keys; the acceptor looks for it among all of its own and answers under the same one.
 *
 * <p>No I/O, not thread-safe.
 */
final class MutualProof {
    private static final byte[] MAGIC = "FLT".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int NONCE = 32;
    private static final int HELLO = MAGIC.length + 1 + NONCE;
    private static final int MAC = 32;
    private static final byte REFUSED = 0;
    private static final byte ACCEPTED = 1;

    /** The two ends of a connection. */
    enum Role {
        CONNECTOR('C'),
        ACCEPTOR('A');

        private final byte code;

        Role(char code) {
            this.code = (byte) code;
        }

        Role other() {
            return this == CONNECTOR ? ACCEPTOR : CONNECTOR;
        }
    }

    /** What this end waits for; DONE and FAILED are final. */
    enum Step {
        HELLO,
        PROOF,
        VERDICT,
        VERDICT_PROOF,
        DONE,
        FAILED
    }

    private final Role role;
    private final byte[] cluster;
    private final byte[] ownCertificate;
    private final byte[] peerCertificate;
    private final Supplier<List<MemberKey>> keys;
    private final byte[] ownHello;
    private byte[] peerHello = {};
    private final ByteBuffer incoming = ByteBuffer.allocate(HELLO);
    private Step step = Step.HELLO;
    private @Nullable MemberKey key;
    private @Nullable Refusal refusal;

    /** The certificates are those of the channel, DER encoded; the nonce must be random and never used before. */
    MutualProof(
            Role role,
            String cluster,
            byte[] ownCertificate,
            byte[] peerCertificate,
            Supplier<List<MemberKey>> keys,
            byte[] nonce) {
        this.role = role;
        this.cluster = cluster.getBytes(StandardCharsets.UTF_8);
        this.ownCertificate = sha256(ownCertificate);
        this.peerCertificate = sha256(peerCertificate);
        this.keys = keys;
        this.ownHello = ByteBuffer.allocate(HELLO)
                .put(MAGIC)
                .put(VERSION)
                .put(nonce, 0, NONCE)
                .array();
        expect(HELLO);
    }

    /** The first message to send. */
    byte[] hello() {
        return ownHello.clone();
    }

    Step step() {
        return step;
    }

    /** The key that both ends have; there once the proof is done. */
    @Nullable
    MemberKey key() {
        return key;
    }

    /** Why the proof failed; there once it has. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /**
     * Takes what has come, up to the end of one message, and leaves the rest. Returns what is to be sent now; empty if
     * nothing.
     */
    byte[] receive(ByteBuffer bytes) {
        while (bytes.hasRemaining() && incoming.hasRemaining()) {
            incoming.put(bytes.get());
        }
        if (incoming.hasRemaining() || step == Step.DONE || step == Step.FAILED) {
            return new byte[0];
        }
        byte[] message = Arrays.copyOf(incoming.array(), incoming.position());
        return switch (step) {
            case HELLO -> onHello(message);
            case PROOF -> onProof(message);
            case VERDICT -> onVerdict(message[0]);
            case VERDICT_PROOF -> onVerdictProof(message);
            default -> throw new IllegalStateException(step.toString());
        };
    }

    private byte[] onHello(byte[] hello) {
        if (!Arrays.equals(hello, 0, MAGIC.length, MAGIC, 0, MAGIC.length) || hello[MAGIC.length] < VERSION) {
            return fail(Refusal.PROTOCOL);
        }
        peerHello = hello;
        if (role == Role.ACCEPTOR) {
            next(Step.PROOF, MAC);
            return new byte[0];
        }
        key = keys.get().get(0);
        next(Step.VERDICT, 1);
        return mac(role, key);
    }

    private byte[] onProof(byte[] proof) {
        for (MemberKey each : keys.get()) {
            if (MessageDigest.isEqual(proof, mac(role.other(), each))) {
                key = each;
                step = Step.DONE;
                return ByteBuffer.allocate(1 + MAC)
                        .put(ACCEPTED)
                        .put(mac(role, each))
                        .array();
            }
        }
        fail(Refusal.SECRET);
        return new byte[] {REFUSED};
    }

    private byte[] onVerdict(byte verdict) {
        if (verdict != ACCEPTED) {
            return fail(verdict == REFUSED ? Refusal.BY_PEER : Refusal.PROTOCOL);
        }
        next(Step.VERDICT_PROOF, MAC);
        return new byte[0];
    }

    private byte[] onVerdictProof(byte[] proof) {
        if (key == null || !MessageDigest.isEqual(proof, mac(role.other(), key))) {
            return fail(Refusal.SECRET);
        }
        step = Step.DONE;
        return new byte[0];
    }

    private byte[] fail(Refusal why) {
        key = null;
        refusal = why;
        step = Step.FAILED;
        return new byte[0];
    }

    private void next(Step then, int length) {
        step = then;
        expect(length);
    }

    private void expect(int length) {
        incoming.clear().limit(length);
    }

    private byte[] mac(Role sender, MemberKey under) {
        boolean ownFirst = role == Role.CONNECTOR;
        Mac mac = Hkdf.hmac(under.bytes());
        mac.update(sender.code);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(cluster.length).flip());
        mac.update(cluster);
        mac.update(ownFirst ? ownHello : peerHello);
        mac.update(ownFirst ? peerHello : ownHello);
        mac.update(ownFirst ? ownCertificate : peerCertificate);
        mac.update(ownFirst ? peerCertificate : ownCertificate);
        return mac.doFinal();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) { // every JDK must have it
            throw new IllegalStateException(impossible);
        }
    }
}
