package io.flotilla;

import static java.util.Objects.requireNonNull;

import io.flotilla.internal.security.KeyStores;
import io.flotilla.internal.security.SecretSource;
import io.flotilla.internal.security.SecretText;
import io.flotilla.internal.security.SecurityConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * How the members of a cluster know each other and keep others out. Every connection between members is encrypted with TLS
 * 1.3, and both ends prove that they know the cluster's secret, before any of it is interpreted. The secret is all that must
 * be configured; keys and certificates are made at start. {@link #mutualTls} asks for certificates of the user's own
 * authority on top.
 *
 * <p>A secret has at least {@value SecretText#MIN_BYTES} bytes and must be random: make one with {@link #newSecret()} or
 * {@code openssl rand -base64 32}. Whoever knows it can join the cluster, and a member can do everything.
 *
 * <p><b>Rotation.</b> Several secrets may be given: a member proves itself with the first and accepts all. So a running
 * cluster changes its secret in three rounds over all members: add the new one behind the old; put the new one first; remove
 * the old one. A secret file is read again within ten seconds of a change, so none of the rounds needs a restart; connections
 * that were opened under a removed secret are opened anew.
 *
 * <p>Immutable. {@code toString} tells where secrets come from, never what they are.
 *
 * @since 0.1
 */
public final class Security {
    private final SecurityConfig config;

    private Security(SecurityConfig config) {
        this.config = config;
    }

    /**
     * Members know each other by a secret that the application brings along.
     *
     * @param secret the secret by which this member proves itself, at least 32 random bytes; copied
     * @param alsoAccepted further secrets that other members may use
     * @return the security
     */
    public static Security secret(byte[] secret, byte[]... alsoAccepted) {
        requireNonNull(secret, "secret");
        byte[][] all = new byte[alsoAccepted.length + 1][];
        all[0] = secret;
        System.arraycopy(alsoAccepted, 0, all, 1, alsoAccepted.length);
        return new Security(new SecurityConfig(SecretSource.given(List.of(all)), null));
    }

    /**
     * Members know each other by a secret in a file. A text file holds one secret a line, each at least 32 characters, used
     * as it stands; a file with other than printable ASCII characters is one binary secret. Read at start, and again within
     * ten seconds of a change; a change that cannot be used is logged and leaves the secrets as they were.
     *
     * @param file the file; only the application's user should be able to read it
     * @return the security
     */
    public static Security secretFile(Path file) {
        return new Security(new SecurityConfig(SecretSource.file(requireNonNull(file, "file")), null));
    }

    /**
     * Members know each other by a secret in an environment variable: one, or several with white space between them, each at
     * least 32 characters.
     *
     * @param variable the variable's name
     * @return the security
     */
    public static Security secretVariable(String variable) {
        requireNonNull(variable, "variable");
        return new Security(new SecurityConfig(SecretSource.environment(variable, System::getenv), null));
    }

    /**
     * Demands certificates on top of the secret: a member must show one that leads to an authority in the trust store. Names
     * in certificates are not compared with addresses. Both stores are read again within ten seconds of a change, for the
     * connections opened after it.
     *
     * @param keyStore this member's private key and certificates, a PKCS #12 file
     * @param trustStore the certificates of the authorities that are trusted, a PKCS #12 file
     * @param password opens both stores and the key; copied
     * @return a security with the same secrets and these certificates
     */
    public Security mutualTls(Path keyStore, Path trustStore, char[] password) {
        KeyStores stores = new KeyStores(
                requireNonNull(keyStore, "keyStore"),
                requireNonNull(trustStore, "trustStore"),
                requireNonNull(password, "password"));
        return new Security(new SecurityConfig(config.secrets(), stores));
    }

    /**
     * Makes a secret.
     *
     * @return 32 random bytes in Base64: 44 characters
     */
    public static String newSecret() {
        return SecretText.generate();
    }

    SecurityConfig config() {
        return config;
    }

    @Override
    public String toString() {
        return config.toString();
    }
}
