package io.flotilla.internal.security;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.OutboundHandler;
import io.flotilla.internal.security.SecureConnection.State;
import java.io.EOFException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends TLS's own messages and the proof's, and encrypts Hazelcast's bytes once the connection is open. */
final class SecureEncoder extends OutboundHandler<ByteBuffer, ByteBuffer> {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SecureConnection connection;
    private final SSLEngine engine;
    private boolean begun;

    SecureEncoder(SecureConnection connection) {
        this.connection = connection;
        this.engine = connection.engine();
    }

    @Override
    public void handlerAdded() {
        initDstBuffer(2 * engine.getSession().getPacketBufferSize());
    }

    @Override
    public HandlerStatus onWrite() throws SSLException, EOFException {
        if (dst.hasRemaining()) {
            dst.compact();
        } else {
            dst.clear();
        }
        try {
            return encode();
        } catch (SSLException failure) {
            if (connection.isOpen()) {
                throw failure;
            }
            connection.broken(failure);
            return HandlerStatus.BLOCKED;
        } finally {
            dst.flip();
        }
    }

    private HandlerStatus encode() throws SSLException, EOFException {
        if (connection.state() == State.REFUSED) {
            dst.put(connection.takeFarewell());
        }
        if (connection.isBusy()) {
            return HandlerStatus.BLOCKED; // the engine has a lock, and whoever computes wakes this side
        }
        if (!begun) {
            begun = true;
            engine.beginHandshake();
        }
        while (true) {
            ByteBuffer next = next();
            if (next == null) {
                return idle();
            }
            Status status = engine.wrap(next, dst).getStatus();
            if (status == Status.BUFFER_OVERFLOW) {
                return HandlerStatus.DIRTY;
            }
            if (status == Status.CLOSED) {
                if (connection.isOpen()) {
                    throw new EOFException("closed by the other side");
                }
                return HandlerStatus.BLOCKED;
            }
        }
    }

    /** What is to be wrapped now: nothing of ours while TLS has something to say itself; null if there is nothing at all. */
    private @Nullable ByteBuffer next() {
        HandshakeStatus handshake = engine.getHandshakeStatus();
        if (handshake == HandshakeStatus.NEED_WRAP) {
            return NOTHING;
        }
        if (connection.state() == State.HANDSHAKE) {
            return null;
        }
        ByteBuffer proof = connection.nextProofMessage();
        if (proof != null) {
            return proof;
        }
        return connection.isOpen() && src.hasRemaining() ? src : null;
    }

    private HandlerStatus idle() {
        if (connection.isOpen()) {
            return HandlerStatus.CLEAN;
        }
        if (connection.state() == State.HANDSHAKE) {
            channel.inboundPipeline().wakeup(); // it may be its turn, or the handshake may have come to an end here
        }
        return HandlerStatus.BLOCKED;
    }

    @Override
    public void interceptError(Throwable error) {
        connection.failed(error);
    }
}
