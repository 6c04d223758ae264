package io.flotilla.internal.security;

import static java.util.Objects.requireNonNull;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.server.ServerConnection;
import io.flotilla.internal.security.MutualProof.Role;
import io.flotilla.spi.Sealer;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The security of one member: its secrets and its identity as they are now, the connections that have proven themselves, and
 * those that have not yet.
 *
 * <p>Thread-safe.
 */
public final class MemberSecurity {
    /** How long a connection may take to prove itself. */
    public static final Duration DEADLINE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(MemberSecurity.class);
    private static final int MOST_PENDING_PER_ADDRESS = 16;
    private static final int MOST_PENDING = 64;
    /** What a peer gets to read why it was refused, before the connection is closed. */
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private static final Duration BETWEEN_CLOSINGS = Duration.ofSeconds(1);
    private static final String SECRET_REMOVED = "its secret is no longer accepted";
    private static final int NONCE = 32;

    private final SecretSource secrets;
    private final @Nullable KeyStores stores;
    private final String cluster;
    private final ScheduledExecutorService timer;
    private final ExecutorService handshakes;
    private final SecureRandom random = new SecureRandom();
    private final PendingConnections<SecureConnection> pending =
            new PendingConnections<>(MOST_PENDING_PER_ADDRESS, MOST_PENDING);
    private final Set<SecureConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> closingUnproven = ConcurrentHashMap.newKeySet();
    private final Refusals refusals;
    private volatile List<MemberKey> keys;
    private volatile CompletableFuture<Identity> identity;
    private String lastFailure = ""; // of reload, which never runs twice at a time

    /**
     * Reads the secrets and the stores.
     *
     * @throws IllegalArgumentException if they are missing or no good
     */
    public MemberSecurity(
            SecurityConfig config,
            String cluster,
            ScheduledExecutorService timer,
            ExecutorService handshakes,
            LongSupplier ticker) {
        this.secrets = requireNonNull(config.secrets(), "secrets");
        this.stores = config.keyStores();
        this.cluster = cluster;
        this.timer = timer;
        this.handshakes = handshakes;
        this.refusals = new Refusals(cluster, ticker);
        this.keys = MemberKey.of(secrets.read());
        if (secrets instanceof SecretSource.SecretFile file) {
            file.warnIfExposed();
        }
        this.identity = stores == null
                ? CompletableFuture.supplyAsync(MemberSecurity::ephemeral, handshakes)
                : CompletableFuture.completedFuture(identity(stores));
    }

    private static Identity ephemeral() {
        try {
            return Identity.ephemeral();
        } catch (GeneralSecurityException impossible) { // every JDK has TLS 1.3 and P-256
            throw new IllegalStateException("this JDK cannot make a key for TLS 1.3", impossible);
        }
    }

    private static Identity identity(KeyStores stores) {
        try {
            return Identity.of(stores);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "cluster.security must have usable stores, was " + stores + ": " + unusable.getMessage(), unusable);
        }
    }

    /** Counts refused connections under this name, by reason. */
    public void bind(MeterRegistry meters, String refused) {
        refusals.bind(meters, refused);
    }

    /** Why the last attempt to reach each address failed, where one did: {@code host:port} to a sentence. */
    public Map<String, String> failures() {
        return refusals.outbound();
    }

    /** Whether {@link #reload} may find something else than was read before. */
    public boolean canChange() {
        return secrets instanceof SecretSource.SecretFile || stores != null;
    }

    /** Reads secrets and stores again, and uses what has changed; what cannot be used is logged and leaves all as it was. */
    public void reload() {
        String failure = failureOf(this::reloadSecrets) + failureOf(this::reloadIdentity);
        if (!failure.isEmpty() && !failure.equals(lastFailure)) {
            log.warn(
                    "cluster '{}': what has changed of its security cannot be used, what was read before stays in"
                            + " force: {}",
                    cluster,
                    failure);
        }
        lastFailure = failure;
    }

    /** One that cannot be used hinders not the other: a secret that leaked must go, whatever the stores are like. */
    private static String failureOf(Runnable reading) {
        try {
            reading.run();
            return "";
        } catch (IllegalArgumentException unusable) {
            return String.valueOf(unusable.getMessage());
        }
    }

    private void reloadSecrets() {
        List<MemberKey> now = MemberKey.of(secrets.read());
        if (!now.equals(keys)) {
            keys = now;
            int closing = closeConnectionsOfOthers(now);
            log.info(
                    "cluster '{}': read {} anew; secrets accepted: {}, connections to be opened anew: {}",
                    cluster,
                    secrets,
                    now.size(),
                    closing);
        }
    }

    private void reloadIdentity() {
        if (stores != null && !identity.join().isCurrent(stores)) {
            identity = CompletableFuture.completedFuture(identity(stores));
            log.info("cluster '{}': read {} anew, for the connections to come", cluster, stores);
        }
    }

    /** One after the other, so that a member never loses its connections to all others in one moment. */
    private int closeConnectionsOfOthers(List<MemberKey> accepted) {
        List<SecureConnection> condemned = new ArrayList<>();
        for (SecureConnection each : open) {
            if (!accepted.contains(each.key())) {
                condemned.add(each);
            }
        }
        for (int i = 0; i < condemned.size(); i++) {
            later(BETWEEN_CLOSINGS.multipliedBy(i), condemned.get(i), SECRET_REMOVED);
        }
        return condemned.size();
    }

    /** Takes charge of a new connection, before a byte of it is read or written. */
    SecureConnection attach(Channel channel, ServerConnection transport) {
        Role role = channel.isClientMode() ? Role.CONNECTOR : Role.ACCEPTOR;
        SecureConnection connection = new SecureConnection(
                this, channel, transport, role, currentIdentity().newEngine(role));
        if (role == Role.ACCEPTOR) {
            SecureConnection victim = pending.admit(connection);
            if (victim != null) {
                victim.crowdOut();
            }
        }
        connection.deadline(
                timer.schedule(() -> connection.refuse(Refusal.TIMEOUT), DEADLINE.toNanos(), TimeUnit.NANOSECONDS));
        channel.addCloseListener(closed -> {
            connection.refuse(Refusal.CLOSED);
            pending.settle(connection);
            open.remove(connection);
        });
        return connection;
    }

    private Identity currentIdentity() {
        try {
            return identity.join();
        } catch (CompletionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    MutualProof newProof(Role role, byte[] ownCertificate, byte[] peerCertificate) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        return new MutualProof(role, cluster, ownCertificate, peerCertificate, () -> keys, nonce);
    }

    /** Seals values under a key that follows the secrets. */
    public Sealer sealer(String purpose) {
        return new ClusterSealer(() -> keys, cluster, purpose);
    }

    ExecutorService handshakes() {
        return handshakes;
    }

    void opened(SecureConnection connection) {
        pending.settle(connection);
        open.add(connection);
        if (connection.isClosed()) { // meanwhile, and taken off before it was put on
            open.remove(connection);
        }
        if (!keys.contains(connection.key())) { // read anew while it was proving itself
            later(Duration.ZERO, connection, SECRET_REMOVED);
        }
        if (connection.role() == Role.CONNECTOR) {
            refusals.succeeded(connection.peer());
        }
    }

    void refused(SecureConnection connection, Refusal why) {
        refusals.record(connection.role(), connection.peer(), why);
        later(LAST_WORDS, connection, why.sentence());
    }

    /** Closes a connection to somebody who has not proven to be a member. */
    void closeUnproven(Runnable close) {
        closingUnproven.add(Thread.currentThread());
        try {
            close.run();
        } finally {
            closingUnproven.remove(Thread.currentThread());
        }
    }

    /** Whether this thread is closing such a connection: somebody is there, as opposed to nobody. */
    boolean isClosingUnproven() {
        return closingUnproven.contains(Thread.currentThread());
    }

    private void later(Duration delay, SecureConnection connection, String reason) {
        var unused = timer.schedule(
                () -> handshakes.execute(() -> connection.close(reason)), delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
