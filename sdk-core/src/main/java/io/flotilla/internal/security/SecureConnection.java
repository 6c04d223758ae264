package io.flotilla.internal.security;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.nio.ConnectionType;
import com.hazelcast.internal.server.ServerConnection;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * One connection between two members: first the TLS handshake, then the mutual proof, then it is open and Hazelcast's bytes
 * pass. Until then Hazelcast is given no byte, and none of its own is sent.
 *
 * <p>Driven by {@link SecureDecoder} on the channel's inbound thread and {@link SecureEncoder} on whichever thread writes;
 * the proof belongs to the inbound thread alone.
 */
final class SecureConnection implements PendingConnections.Candidate {
    private static final int NOT_SPOKEN = -1;
    /** "Not this protocol" among Hazelcast's members: one that came without TLS is to fail, not to start on its own. */
    private static final byte[] UNEXPECTED_PROTOCOL = "HZX".getBytes(StandardCharsets.US_ASCII);

    /** Where a connection stands; it only ever moves downwards, and OPEN and REFUSED are final. */
    enum State {
        HANDSHAKE,
        PROOF,
        OPEN,
        REFUSED
    }

    private final MemberSecurity security;
    private final Channel channel;
    private final ServerConnection connection;
    private final MutualProof.Role role;
    private final SSLEngine engine;
    private final Queue<ByteBuffer> proofMessages = new ConcurrentLinkedQueue<>();
    private volatile State state = State.HANDSHAKE; // written under this
    private volatile boolean busy; // the engine computes, on the handshake pool
    private volatile @Nullable MemberKey key;
    private volatile @Nullable Future<?> deadline;
    private volatile byte[] farewell = {};
    private @Nullable MutualProof proof; // inbound thread

    SecureConnection(
            MemberSecurity security,
            Channel channel,
            ServerConnection connection,
            MutualProof.Role role,
            SSLEngine engine) {
        this.security = security;
        this.channel = channel;
        this.connection = connection;
        this.role = role;
        this.engine = engine;
    }

    SSLEngine engine() {
        return engine;
    }

    State state() {
        return state;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isClosed() {
        return channel.isClosed();
    }

    boolean isBusy() {
        return busy;
    }

    MutualProof.Role role() {
        return role;
    }

    /** The key under which both ends proved themselves; there once the connection is open. */
    @Nullable
    MemberKey key() {
        return key;
    }

    /** The bytes of the proof that wait to be sent; null if there are none. */
    @Nullable
    ByteBuffer nextProofMessage() {
        ByteBuffer first = proofMessages.peek();
        while (first != null && !first.hasRemaining()) {
            proofMessages.poll();
            first = proofMessages.peek();
        }
        return first;
    }

    /** What ends this connection unless it is settled, one way or the other, before. */
    void deadline(Future<?> task) {
        deadline = task;
    }

    /** Lets the engine compute elsewhere: an I/O thread serves all connections and must not wait for one. */
    void compute() {
        busy = true;
        try {
            security.handshakes().execute(() -> {
                runTasks();
                busy = false;
                channel.outboundPipeline().wakeup();
                channel.inboundPipeline().wakeup();
            });
        } catch (RejectedExecutionException closing) {
            close("the cluster is closing");
        }
    }

    /** Does nothing for a connection that is refused already: strangers may come faster than keys are agreed on. */
    private void runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null && state != State.REFUSED) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }

    /** Starts the proof as soon as TLS has come to an end. Inbound thread. */
    void handshakeStep() throws SSLPeerUnverifiedException, CertificateException {
        if (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING || !advance(State.PROOF)) {
            return;
        }
        Certificate @Nullable [] own = engine.getSession().getLocalCertificates();
        if (own == null) { // none was of an authority that the peer names
            refuse(Refusal.CERTIFICATE_BY_PEER);
            return;
        }
        proof = security.newProof(
                role,
                own[0].getEncoded(),
                engine.getSession().getPeerCertificates()[0].getEncoded());
        send(proof.hello());
    }

    /** Takes decrypted bytes until the connection is open, and leaves the rest. Inbound thread. */
    void prove(ByteBuffer decrypted) {
        while (state == State.PROOF && proof != null && decrypted.hasRemaining()) {
            send(proof.receive(decrypted));
            Refusal why = proof.refusal();
            if (why != null) {
                refuse(why);
            } else if (proof.step() == MutualProof.Step.DONE) {
                key = proof.key();
                open();
            }
        }
        if (state == State.REFUSED) {
            decrypted.position(decrypted.limit());
        }
    }

    private void send(byte[] message) {
        if (message.length > 0) {
            proofMessages.add(ByteBuffer.wrap(message));
            channel.outboundPipeline().wakeup();
        }
    }

    private void open() {
        if (advance(State.OPEN)) {
            proof = null;
            security.opened(this);
            channel.outboundPipeline().wakeup(); // what Hazelcast wants to send has been waiting
        }
    }

    /** Something was thrown in the pipeline. Before the connection is open that is a refusal, and nobody's fault here. */
    void broken(Throwable error) {
        if (error instanceof EOFException) {
            refuse(Refusal.CLOSED);
        } else if (error instanceof SSLException failure) {
            refuse(reason(failure));
        } else {
            refuse(Refusal.TLS);
        }
    }

    /** The pipeline has died of an error, and takes the connection with it. */
    void failed(Throwable error) {
        if (!isOpen()) {
            broken(error);
            close(Refusal.CLOSED.sentence());
        }
    }

    /** Ends a connection on which something else than TLS has come. */
    void refuseStranger() {
        farewell = UNEXPECTED_PROTOCOL;
        refuse(Refusal.TLS);
    }

    /** What is to be sent as it is, not encrypted, before the connection is closed; once. */
    byte[] takeFarewell() {
        byte[] words = farewell;
        farewell = new byte[0];
        return words;
    }

    /** Ends a connection that is not open; what TLS or the proof still has to tell the peer is sent first. */
    void refuse(Refusal why) {
        if (advance(State.REFUSED)) {
            security.refused(this, why);
            channel.outboundPipeline().wakeup();
        }
    }

    /** Makes room at once, or there would be more connections than there may be; unless it has just proven itself. */
    void crowdOut() {
        refuse(Refusal.CROWDED_OUT);
        if (!isOpen()) {
            close(Refusal.CROWDED_OUT.sentence());
        }
    }

    private synchronized boolean advance(State to) {
        if (state.compareTo(to) >= 0 || state == State.OPEN) {
            return false;
        }
        state = to;
        Future<?> task = deadline;
        if (task != null && to != State.PROOF) {
            task.cancel(false);
        }
        return true;
    }

    /** Closes without a line in the log: strangers may come as often as they like. */
    void close(String reason) {
        if (isOpen()) {
            connection.close(reason, null);
        } else if (connection.isAlive()) {
            closeUnproven(reason);
        }
    }

    private void closeUnproven(String reason) {
        if (role == MutualProof.Role.ACCEPTOR) {
            connection.setConnectionType(
                    ConnectionType.REST_CLIENT); // whose comings and goings Hazelcast keeps to itself
        }
        security.closeUnproven(() -> connection.close(reason, null));
        // The socket is released when both I/O threads have seen it closed; by themselves they look every five seconds.
        channel.outboundPipeline().wakeup();
        channel.inboundPipeline().wakeup();
    }

    @Override
    public InetAddress address() {
        return channel.socket().getInetAddress();
    }

    @Override
    public boolean hasSpoken() {
        return state != State.REFUSED && channel.lastReadTimeMillis() != NOT_SPOKEN;
    }

    /** The peer for people: the address that a connector wanted, the host that an acceptor sees. */
    String peer() {
        InetSocketAddress remote = connection.getRemoteSocketAddress();
        if (remote == null) {
            return "an unknown address";
        }
        String host = remote.getAddress().getHostAddress();
        if (role == MutualProof.Role.ACCEPTOR) {
            return host; // its port is of no interest
        }
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + remote.getPort();
    }

    private Refusal reason(SSLException failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CertificateException) {
                return Refusal.CERTIFICATE;
            }
        }
        String message = String.valueOf(failure.getMessage());
        boolean aboutCertificates = message.contains("certificate") || message.contains("unknown_ca");
        if (message.contains("fatal alert")) {
            return aboutCertificates ? Refusal.CERTIFICATE_BY_PEER : Refusal.TLS;
        }
        return aboutCertificates ? Refusal.CERTIFICATE : Refusal.TLS;
    }
}
