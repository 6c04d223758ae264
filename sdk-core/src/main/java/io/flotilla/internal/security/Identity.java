package io.flotilla.internal.security;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** This member's side of TLS: 1.3 only, certificates from both sides. */
final class Identity {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] CIPHER_SUITES = {
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
    };

    private final SSLContext context;
    private final List<byte[]> content;

    private Identity(KeyManager[] keys, TrustManager[] trust, List<byte[]> content) throws GeneralSecurityException {
        this.context = SSLContext.getInstance("TLS");
        this.context.init(keys, trust, null);
        this.content = content;
    }

    /** A key of its own for each run, and any certificate accepted: who the peer is, the secret tells. */
    static Identity ephemeral() throws GeneralSecurityException {
        SelfSignedCertificate own = SelfSignedCertificate.create(new SecureRandom());
        return new Identity(
                new KeyManager[] {new SingleKey(own)}, new TrustManager[] {new AnyCertificate()}, List.of());
    }

    static Identity of(KeyStores stores) throws GeneralSecurityException {
        List<byte[]> content = stores.content();
        return new Identity(stores.keyManagers(content), stores.trustManagers(content), content);
    }

    /** Whether the files say now what they said when this identity was read. */
    boolean isCurrent(KeyStores stores) {
        return KeyStores.same(content, stores.content());
    }

    SSLEngine newEngine(MutualProof.Role role) {
        SSLEngine engine = context.createSSLEngine(); // no host and port: no session is ever resumed
        engine.setUseClientMode(role == MutualProof.Role.CONNECTOR);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(CIPHER_SUITES);
        parameters.setNeedClientAuth(true);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Offers the one key there is, whatever is asked for. */
    private static final class SingleKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "member";
        private final SelfSignedCertificate own;

        SingleKey(SelfSignedCertificate own) {
            this.own = own;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {own.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.privateKey();
        }
    }

    /** TLS still makes the peer prove that it has the certificate's key; the mutual proof is bound to that certificate. */
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) {}

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
