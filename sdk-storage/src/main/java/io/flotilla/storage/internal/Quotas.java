package io.flotilla.storage.internal;

import io.flotilla.storage.StorageException;
import io.flotilla.storage.StorageException.Reason;
import io.flotilla.storage.internal.ReferenceIndex.Usage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Keeps namespaces within their limits. How much there is, is asked of the cluster every now and then; what this node adds
 * in between it counts itself. Thread-safe.
 */
final class Quotas {
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final StorageConfig config;
    private final ReferenceIndex index;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    Quotas(StorageConfig config, ReferenceIndex index, InstantSource clock, LongSupplier ticker) {
        this.config = config;
        this.index = index;
        this.clock = clock;
        this.ticker = ticker;
    }

    Limits limits(String namespace) {
        return config.limits(namespace);
    }

    /** Begins a change of what a namespace holds. */
    Reservation reservation(String namespace) {
        return new Reservation(limits(namespace).areOnTheWhole() ? account(namespace) : null);
    }

    private Account account(String namespace) {
        return accounts.computeIfAbsent(namespace, Account::new);
    }

    /** What a namespace holds, as far as this node knows. */
    final class Account {
        private final String namespace;
        private boolean asked; // guarded by this, as all below
        private long askedAt;
        private long objects;
        private long bytes;

        Account(String namespace) {
            this.namespace = namespace;
        }

        /** Counts what is about to change, or refuses it. */
        synchronized void reserve(long moreObjects, long moreBytes) {
            if (!asked || ticker.getAsLong() - askedAt > FRESH_NANOS) {
                ask();
            }
            Limits limits = limits(namespace);
            refuse(moreObjects > 0 && objects + moreObjects > limits.maxObjects(), "objects", limits.maxObjects());
            refuse(moreBytes > 0 && bytes > limits.maxBytes() - moreBytes, "bytes", limits.maxBytes());
            add(moreObjects, moreBytes);
        }

        private void ask() {
            long now = ticker.getAsLong();
            Usage usage = index.usage(namespace, clock.millis());
            objects = usage.objects();
            bytes = usage.bytes();
            askedAt = now;
            asked = true;
        }

        private void refuse(boolean full, String what, long limit) {
            if (full) {
                throw new StorageException(
                        Reason.QUOTA_EXCEEDED,
                        "namespace '" + namespace + "' may hold " + limit + " " + what
                                + "; delete some or raise the limit, nothing was stored",
                        null);
            }
        }

        synchronized void add(long moreObjects, long moreBytes) {
            objects += moreObjects;
            bytes += moreBytes;
        }
    }
}
