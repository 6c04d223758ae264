package io.flotilla.spi;

import java.util.Optional;

/**
 * Encrypts small values so that only members of this cluster can read them, and nobody else can make them up: AES-256-GCM
 * under a key that is derived from the cluster's secret, for one purpose. A value may be stored where more people can read
 * than may know it, or pass through strangers' hands.
 *
 * <p>Keys follow the cluster's secrets: values are sealed under the first and opened under any that is accepted, so a value
 * outlives a change of secrets until the secret under which it was sealed is removed. <b>In a cluster without a secret the
 * key is derived from the cluster's name: values come back as they went in, but nothing is protected.</b>
 *
 * <p>Meant for up to some billions of values under one secret. Thread-safe.
 *
 * @since 0.1
 */
public interface Sealer {

    /**
     * Seals a value. The same value sealed twice looks different.
     *
     * @param plain the value
     * @return the sealed value, 29 bytes longer
     */
    byte[] seal(byte[] plain);

    /**
     * Opens a value.
     *
     * @param sealed what {@link #seal} made, on any member
     * @return the value, or nothing if it was not sealed in this cluster for this purpose under a secret that is still
     *     accepted, or has been changed
     */
    Optional<byte[]> open(byte[] sealed);
}
