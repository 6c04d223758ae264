/**
 * How members know and protect each other: TLS 1.3 and a mutual proof of the cluster's secret in the member pipeline, before
 * Hazelcast sees a byte. Not API: may change in any release.
 *
 * <p>{@code MemberContext} gives Hazelcast the pipeline; {@code MemberPipeline} builds it for each connection;
 * {@code SecureConnection} is one connection's state, driven by {@code SecureDecoder} and {@code SecureEncoder};
 * {@code MutualProof} is the protocol, without I/O.
 */
@NullMarked
package io.flotilla.internal.security;

import org.jspecify.annotations.NullMarked;
