package io.flotilla.internal.security;

import io.flotilla.internal.security.MutualProof.Role;
import io.flotilla.internal.security.MutualProof.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A peer of a member that is none itself: it has a certificate of its own making, believes every other, and says within TLS
 * whatever a test wants.
 */
final class Intruder implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int NONCE = 32;
    private static final SSLContext TLS = tls();

    private final Role role;
    private final SSLSocket socket;

    private Intruder(Role role, Socket transport) throws IOException {
        this.role = role;
        this.socket = (SSLSocket) TLS.getSocketFactory().createSocket(transport, "member", transport.getPort(), true);
        socket.setUseClientMode(role == Role.CONNECTOR);
        socket.setNeedClientAuth(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
    }

    /** A bare TCP connection to a member's port. */
    static Socket dial(int port) throws IOException {
        return dial(LOOPBACK, port);
    }

    /** A bare TCP connection to a member's port, from another address of this host. */
    static Socket dial(InetAddress from, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(LOOPBACK, port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Connects to a member, up to the end of the TLS handshake. */
    static Intruder connect(int port) throws IOException {
        return new Intruder(Role.CONNECTOR, dial(port));
    }

    /** Answers a member that has connected, up to the end of the TLS handshake. */
    static Intruder answer(Socket accepted) throws IOException {
        return new Intruder(Role.ACCEPTOR, accepted);
    }

    /** This end of the proof, on this channel. */
    MutualProof proof(String cluster, byte[]... secrets) throws IOException {
        return proof(cluster, ownCertificate(), peerCertificate(), secrets);
    }

    /** This end of the proof, for a channel between other certificates. */
    MutualProof proof(String cluster, byte[] ownCertificate, byte[] peerCertificate, byte[]... secrets) {
        byte[] nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        List<MemberKey> keys = MemberKey.of(List.of(secrets));
        return new MutualProof(role, cluster, ownCertificate, peerCertificate, () -> keys, nonce);
    }

    /** Talks until the proof has come to an end, or the member has ended the connection. */
    Step prove(MutualProof proof) throws IOException {
        send(proof.hello());
        byte[] one = new byte[1];
        while (proof.step() != Step.DONE
                && proof.step() != Step.FAILED
                && socket.getInputStream().read(one) == 1) {
            send(proof.receive(ByteBuffer.wrap(one)));
        }
        return proof.step();
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    byte[] read(int length) throws IOException {
        return socket.getInputStream().readNBytes(length);
    }

    /** All that the member sends until it ends the connection; fails if it does not. */
    byte[] readToTheEnd() throws IOException {
        return readToTheEnd(socket);
    }

    static byte[] readToTheEnd(Socket socket) throws IOException {
        ByteBuffer said = ByteBuffer.allocate(1 << 20);
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                said.put((byte) next);
            }
        } catch (SocketTimeoutException stillOpen) {
            throw new AssertionError("the member has not ended the connection", stillOpen);
        } catch (IOException reset) {
            // an end as good as any
        }
        byte[] all = new byte[said.flip().remaining()];
        said.get(all);
        return all;
    }

    byte[] ownCertificate() throws IOException {
        return encoded(socket.getSession().getLocalCertificates()[0]);
    }

    byte[] peerCertificate() throws IOException {
        return encoded(socket.getSession().getPeerCertificates()[0]);
    }

    private static byte[] encoded(Certificate certificate) throws IOException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException broken) {
            throw new IOException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static SSLContext tls() {
        try {
            SelfSignedCertificate own = SelfSignedCertificate.create(new SecureRandom());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", own.privateKey(), new char[0], new Certificate[] {own.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), new TrustManager[] {new Credulous()}, null);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
