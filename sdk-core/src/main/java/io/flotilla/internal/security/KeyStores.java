package io.flotilla.internal.security;

import io.flotilla.spi.Check;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The files of mutual TLS: this member's key and certificate, and the authorities that it trusts. */
public final class KeyStores {
    private final Path keyStore;
    private final Path trustStore;
    private final char[] password;

    public KeyStores(Path keyStore, Path trustStore, char[] password) {
        this.keyStore = keyStore;
        this.trustStore = trustStore;
        this.password = password.clone();
    }

    /** The files' bytes: what tells whether they have changed. */
    List<byte[]> content() {
        return List.of(bytes(keyStore), bytes(trustStore));
    }

    KeyManager[] keyManagers(List<byte[]> content) throws GeneralSecurityException {
        KeyStore keys = load(keyStore, content.get(0));
        boolean hasKey = false;
        for (String alias : Collections.list(keys.aliases())) {
            hasKey |= keys.isKeyEntry(alias);
        }
        Check.that(hasKey, "cluster.security must have a private key in its key store, was none in '%s'", keyStore);
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, password);
        return factory.getKeyManagers();
    }

    TrustManager[] trustManagers(List<byte[]> content) throws GeneralSecurityException {
        KeyStore trusted = load(trustStore, content.get(1));
        Check.that(
                trusted.size() > 0,
                "cluster.security must have a trusted certificate in its trust store, was none in '%s'",
                trustStore);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private KeyStore load(Path file, byte[] content) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(content), password);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "cluster.security must name a PKCS #12 store that its password opens, was '" + file + "': "
                            + unreadable.getMessage(),
                    unreadable);
        }
        return store;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "cluster.security must name a readable key or trust store, was '" + file + "': " + unreadable,
                    unreadable);
        }
    }

    static boolean same(List<byte[]> one, List<byte[]> other) {
        return Arrays.deepEquals(one.toArray(), other.toArray());
    }

    @Override
    public String toString() {
        return "key store " + keyStore + ", trust store " + trustStore;
    }
}
