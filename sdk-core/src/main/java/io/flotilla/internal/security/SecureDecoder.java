package io.flotilla.internal.security;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Decrypts what comes in; hands it to the proof until the connection is open, and to Hazelcast from then on. */
final class SecureDecoder extends InboundHandler<ByteBuffer, ByteBuffer> {
    /** Types of TLS records, RFC 8446, 5.1. */
    private static final byte ALERT_RECORD = 21;

    private static final byte HANDSHAKE_RECORD = 22;

    private final SecureConnection connection;
    private final SSLEngine engine;
    private ByteBuffer decrypted = ByteBuffer.allocate(0);
    private boolean greeted;

    SecureDecoder(SecureConnection connection) {
        this.connection = connection;
        this.engine = connection.engine();
    }

    @Override
    public void handlerAdded() {
        initSrcBuffer(2 * engine.getSession().getPacketBufferSize());
        decrypted = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    @Override
    public HandlerStatus onRead() throws SSLException, EOFException, CertificateException {
        src.flip();
        try {
            checkGreeting();
            return decode();
        } catch (SSLException failure) {
            if (connection.isOpen()) {
                throw failure;
            }
            connection.broken(failure); // closed in a moment: the peer is to read TLS's alert first
            return HandlerStatus.CLEAN;
        } finally {
            compact(src);
        }
    }

    /** The engine waits for five bytes before it looks at them; who does not speak TLS is to hear so at the first. */
    private void checkGreeting() {
        if (!greeted && src.hasRemaining()) {
            greeted = true;
            byte type = src.get(src.position());
            if (type != HANDSHAKE_RECORD && type != ALERT_RECORD) {
                connection.refuseStranger();
            }
        }
    }

    private HandlerStatus decode() throws SSLException, EOFException, CertificateException {
        while (true) {
            if (connection.state() == SecureConnection.State.REFUSED) {
                src.position(src.limit());
                return HandlerStatus.CLEAN;
            }
            if (connection.isBusy()) {
                return HandlerStatus.BLOCKED;
            }
            if (!deliver()) {
                return HandlerStatus.DIRTY;
            }
            SSLEngineResult result = unwrap();
            if (result.getStatus() == Status.CLOSED) {
                throw new EOFException("closed by the other side");
            }
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                connection.compute();
                return HandlerStatus.BLOCKED;
            }
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                channel.outboundPipeline().wakeup();
                if (!connection.isOpen()) {
                    return HandlerStatus.CLEAN; // the encoder wakes this side when it has written
                }
            }
            connection.handshakeStep();
            if (result.getStatus() == Status.BUFFER_UNDERFLOW || isIdle(result)) {
                return deliver() ? HandlerStatus.CLEAN : HandlerStatus.DIRTY;
            }
        }
    }

    private static boolean isIdle(SSLEngineResult result) {
        return result.bytesConsumed() == 0 && result.bytesProduced() == 0;
    }

    /** Straight into Hazelcast's buffer where there is room for a whole TLS record, which saves a copy. */
    private SSLEngineResult unwrap() throws SSLException {
        boolean direct = connection.isOpen() && decrypted.position() == 0 && dst.remaining() >= decrypted.capacity();
        return engine.unwrap(src, direct ? dst : decrypted);
    }

    /** Passes decrypted bytes on; false if some are left because Hazelcast's buffer is full. */
    private boolean deliver() throws SSLPeerUnverifiedException {
        decrypted.flip();
        try {
            if (!connection.isOpen()) {
                connection.prove(decrypted);
            }
            if (connection.isOpen()) {
                transfer(decrypted, dst);
                return !decrypted.hasRemaining();
            }
            return true;
        } finally {
            compact(decrypted);
        }
    }

    private static void transfer(ByteBuffer from, ByteBuffer to) {
        int count = Math.min(from.remaining(), to.remaining());
        to.put(from.slice(from.position(), count));
        from.position(from.position() + count);
    }

    /** Back to writing, behind what has not been read. */
    private static void compact(ByteBuffer buffer) {
        if (buffer.hasRemaining()) {
            buffer.compact();
        } else {
            buffer.clear();
        }
    }

    @Override
    public void interceptError(Throwable error) {
        connection.failed(error);
    }
}
