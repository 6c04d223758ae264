package io.flotilla.internal.security;

import java.security.MessageDigest;
import java.util.List;

/** The keys that members derive from one secret of the cluster, one for each purpose. Says nothing of itself in a log. */
final class MemberKey {
    private static final String PROOF = "flotilla member proof";
    private static final String SEALING = "flotilla sealing";
    private static final int LENGTH = 32;

    private final byte[] bytes;
    private final byte[] sealing;

    private MemberKey(byte[] bytes, byte[] sealing) {
        this.bytes = bytes;
        this.sealing = sealing;
    }

    static MemberKey of(byte[] secret) {
        return new MemberKey(Hkdf.derive(secret, PROOF, LENGTH), Hkdf.derive(secret, SEALING, LENGTH));
    }

    static List<MemberKey> of(List<byte[]> secrets) {
        return secrets.stream().map(MemberKey::of).toList();
    }

    /** What proves that a member knows the secret. */
    byte[] bytes() {
        return bytes;
    }

    /** A key to seal values with. */
    byte[] forSealing(String info, int length) {
        return Hkdf.derive(sealing, info, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemberKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return 0; // a handful of keys; a hash would only be one more thing to think about
    }

    @Override
    public String toString() {
        return "***";
    }
}
