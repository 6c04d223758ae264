package io.flotilla.internal.security;

import java.security.MessageDigest;
import java.util.List;

/** The key by which members prove themselves, derived from one secret of the cluster. Says nothing of itself in a log. */
final class MemberKey {
    private static final String PURPOSE = "flotilla member proof";
    private static final int LENGTH = 32;

    private final byte[] bytes;

    private MemberKey(byte[] bytes) {
        this.bytes = bytes;
    }

    static MemberKey of(byte[] secret) {
        return new MemberKey(Hkdf.derive(secret, PURPOSE, LENGTH));
    }

    static List<MemberKey> of(List<byte[]> secrets) {
        return secrets.stream().map(MemberKey::of).toList();
    }

    byte[] bytes() {
        return bytes;
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
