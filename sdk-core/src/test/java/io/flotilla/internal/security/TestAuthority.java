package io.flotilla.internal.security;

import static io.flotilla.internal.security.SelfSignedCertificate.der;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;

/** An authority of a test's own, the certificates that it signs, and the stores of members that trust it. */
final class TestAuthority {
    static final char[] PASSWORD = "changeit".toCharArray();
    static final String VALID = "20991231235959Z";
    static final String EXPIRED = "20200101000000Z";

    private static final int SEQUENCE = 0x30;
    private static final byte[] ECDSA_WITH_SHA256 =
            der(SEQUENCE, new byte[] {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2});

    private final Path folder;
    private final String name;
    private final KeyPair keys = keyPair();
    private final X509Certificate certificate;
    private final Path trustStore;
    private int issued;

    TestAuthority(Path folder, String name) throws GeneralSecurityException, IOException {
        this.folder = folder;
        this.name = name;
        this.certificate = sign(name, keys, VALID);
        KeyStore trusted = emptyStore();
        trusted.setCertificateEntry("authority", certificate);
        this.trustStore = write(trusted, name + "-trusted");
    }

    /** A key store with a key and a certificate of this authority for it. */
    Path keyStore(String notAfter) throws GeneralSecurityException, IOException {
        KeyPair member = keyPair();
        KeyStore store = emptyStore();
        Certificate[] chain = {sign("member " + ++issued, member, notAfter), certificate};
        store.setKeyEntry("member", member.getPrivate(), PASSWORD, chain);
        return write(store, name + "-member-" + issued);
    }

    /** A trust store with this authority. */
    Path trustStore() {
        return trustStore;
    }

    private Path write(KeyStore store, String file) throws GeneralSecurityException, IOException {
        Path path = folder.resolve(file + ".p12");
        try (OutputStream out = Files.newOutputStream(path)) {
            store.store(out, PASSWORD);
        }
        return path;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private X509Certificate sign(String subject, KeyPair owner, String notAfter) throws GeneralSecurityException {
        byte[] body = der(
                SEQUENCE,
                der(2, BigInteger.valueOf(1 + issued).toByteArray()),
                ECDSA_WITH_SHA256,
                name(name),
                der(SEQUENCE, text(0x18, "20000101000000Z"), text(0x18, notAfter)),
                name(subject),
                owner.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        byte[] encoded = der(SEQUENCE, body, ECDSA_WITH_SHA256, der(3, new byte[1], signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static byte[] name(String common) {
        return der(SEQUENCE, der(0x31, der(SEQUENCE, new byte[] {6, 3, 0x55, 4, 3}, text(0x0c, common))));
    }

    private static byte[] text(int tag, String text) {
        return der(tag, text.getBytes(StandardCharsets.US_ASCII));
    }
}
