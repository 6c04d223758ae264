package io.flotilla.internal.security;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;

/**
 * A key pair of this member's own and a certificate for it, made at start and never stored: X.509 version 1 (RFC 5280) on
 * P-256. Nobody trusts it for its name; it gives TLS a key, and the mutual proof binds the secret to that key.
 */
record SelfSignedCertificate(PrivateKey privateKey, X509Certificate certificate) {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int OBJECT_IDENTIFIER = 0x06;
    /** 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
    private static final byte[] ECDSA_WITH_SHA256 = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02};
    /** 2.5.4.3, common name. */
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

    private static final int SERIAL_BITS = 127;

    static SelfSignedCertificate create(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        byte[] algorithm = der(SEQUENCE, der(OBJECT_IDENTIFIER, ECDSA_WITH_SHA256));
        byte[] name = name("flotilla member");
        byte[] body = der(
                SEQUENCE,
                der(
                        INTEGER,
                        new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE).toByteArray()),
                algorithm,
                name,
                // No member's clock is asked; the last date is RFC 5280's for "does not expire".
                der(SEQUENCE, time(UTC_TIME, "000101000000Z"), time(GENERALIZED_TIME, "99991231235959Z")),
                name,
                pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate(), random);
        signature.update(body);
        byte[] encoded = der(SEQUENCE, body, algorithm, der(BIT_STRING, new byte[] {0}, signature.sign()));
        return new SelfSignedCertificate(pair.getPrivate(), (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded)));
    }

    private static byte[] name(String common) {
        return der(
                SEQUENCE,
                der(
                        SET,
                        der(
                                SEQUENCE,
                                der(OBJECT_IDENTIFIER, COMMON_NAME),
                                der(UTF8_STRING, common.getBytes(StandardCharsets.UTF_8)))));
    }

    private static byte[] time(int tag, String zulu) {
        return der(tag, zulu.getBytes(StandardCharsets.US_ASCII));
    }

    /** Tag, length, contents: the distinguished encoding (X.690) of one value shorter than 64 KiB. */
    static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] each : contents) {
            body.writeBytes(each);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = body.size();
        if (length >= 0x100) {
            whole.write(0x82);
            whole.write(length >> Byte.SIZE);
        } else if (length >= 0x80) {
            whole.write(0x81);
        }
        whole.write(length);
        whole.writeBytes(body.toByteArray());
        return whole.toByteArray();
    }
}
