package io.flotilla.internal.security;

import io.flotilla.spi.Sealer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** {@link Sealer} under keys of the cluster's secrets. A sealed value: version, nonce, ciphertext with tag. */
public final class ClusterSealer implements Sealer {
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int LENGTH = 32;

    /** The keys of this purpose, and those from which they were derived. */
    private record Derived(List<MemberKey> from, List<SecretKey> keys) {}

    private final Supplier<List<MemberKey>> secrets;
    private final String info;
    private final SecureRandom random = new SecureRandom();
    private volatile Derived derived = new Derived(List.of(), List.of());

    ClusterSealer(Supplier<List<MemberKey>> secrets, String cluster, String purpose) {
        this.secrets = secrets;
        this.info = cluster + '\0' + purpose;
    }

    /** For a cluster without a secret: what everybody can open. */
    public static Sealer withoutSecret(String cluster, String purpose) {
        List<MemberKey> known = List.of(MemberKey.of("no secret".getBytes(StandardCharsets.US_ASCII)));
        return new ClusterSealer(() -> known, cluster, purpose);
    }

    @Override
    public byte[] seal(byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = new byte[1 + NONCE + plain.length + TAG];
        sealed[0] = VERSION;
        System.arraycopy(nonce, 0, sealed, 1, NONCE);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys().get(0), sealed);
            int ignored = cipher.doFinal(plain, 0, plain.length, sealed, 1 + NONCE);
            return sealed;
        } catch (GeneralSecurityException impossible) { // every JDK has AES-256-GCM
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Optional<byte[]> open(byte[] sealed) {
        if (sealed.length < 1 + NONCE + TAG || sealed[0] != VERSION) {
            return Optional.empty();
        }
        for (SecretKey each : keys()) {
            byte[] plain = open(sealed, each);
            if (plain != null) {
                return Optional.of(plain);
            }
        }
        return Optional.empty();
    }

    private static byte @Nullable [] open(byte[] sealed, SecretKey key) {
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sealed);
            return cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
        } catch (AEADBadTagException foreign) {
            return null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** With the version as a part of what the tag protects. */
    private static Cipher cipher(int mode, SecretKey key, byte[] sealed) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, Arrays.copyOfRange(sealed, 1, 1 + NONCE)));
        cipher.updateAAD(sealed, 0, 1);
        return cipher;
    }

    private List<SecretKey> keys() {
        List<MemberKey> now = secrets.get();
        Derived present = derived;
        if (!present.from().equals(now)) {
            present = new Derived(now, now.stream().map(this::derive).toList());
            derived = present;
        }
        return present.keys();
    }

    private SecretKey derive(MemberKey secret) {
        return new SecretKeySpec(secret.forSealing(info, LENGTH), "AES");
    }
}
