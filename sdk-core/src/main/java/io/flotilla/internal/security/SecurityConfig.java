package io.flotilla.internal.security;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How members are to know each other: by a secret, and by certificates too if key stores are given; not at all if there is no
 * secret.
 */
public record SecurityConfig(
        @Nullable SecretSource secrets, @Nullable KeyStores keyStores) {
    /** Everyone who reaches the port is taken for a member. */
    public static final SecurityConfig NONE = new SecurityConfig(null, null);

    /** A secret that is made now and told to nobody: nobody gets in. */
    public static SecurityConfig ofNobody() {
        byte[] secret = SecretText.generate().getBytes(StandardCharsets.US_ASCII);
        return new SecurityConfig(new SecretSource.Given(List.of(secret), "a secret that nobody knows"), null);
    }

    @Override
    public String toString() {
        return keyStores == null ? (secrets == null ? "none" : secrets.toString()) : secrets + ", " + keyStores;
    }
}
