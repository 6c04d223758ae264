package io.flotilla.internal;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.spi.exception.RetryableException;
import io.flotilla.ClusterDataException;
import io.flotilla.ClusterException;
import io.flotilla.ClusterStartException;
import io.flotilla.ClusterUnavailableException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Translates what Hazelcast throws into the three exceptions of the API; nothing of Hazelcast's crosses it. */
final class Failures {
    private Failures() {}

    /** Whether the same call may be sent again: the owner moved, or it is unknown whether the call took effect. */
    static boolean isTransient(Throwable failure) {
        Throwable inner = unwrap(failure);
        return inner instanceof IndeterminateOperationStateException || inner instanceof RetryableException;
    }

    static ClusterException ofCall(Throwable failure, String cluster) {
        Throwable inner = unwrap(failure);
        if (inner instanceof ClusterException own) {
            return own;
        }
        if (causedBy(inner, HazelcastSerializationException.class)) {
            return new ClusterDataException(
                    "a member of cluster '" + cluster
                            + "' cannot read what another one, or this one, has written; if they"
                            + " run different releases of Flotilla, let all run the same one: " + innermost(inner),
                    inner);
        }
        String why = inner instanceof HazelcastInstanceNotActiveException
                ? "this member of cluster '" + cluster + "' is shutting down"
                : "cluster '" + cluster + "' could not answer";
        return new ClusterUnavailableException(why, inner);
    }

    static ClusterUnavailableException timedOut(String cluster, long millis) {
        return new ClusterUnavailableException(
                "cluster '" + cluster + "' did not answer within " + millis + " ms; trying again may help", null);
    }

    static ClusterUnavailableException interrupted(String cluster, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ClusterUnavailableException(
                "interrupted while waiting for an answer of cluster '" + cluster + "'", cause);
    }

    static ClusterStartException ofStart(Throwable failure, ClusterConfig config) {
        return ofStart(failure, config, Map.of());
    }

    /** The refusals tell why connections came to nothing: {@code host:port} to a sentence. */
    static ClusterStartException ofStart(Throwable failure, ClusterConfig config, Map<String, String> refusals) {
        if (failure instanceof ClusterStartException own) {
            return own;
        }
        String what = "cluster '" + config.name() + "' could not start: ";
        if (causedBy(failure, BindException.class)
                || mentions(failure, "already in use")
                || mentions(failure, "No matching network interface")) {
            return new ClusterStartException(
                    what + "cannot listen on " + config.bindHost() + ":" + config.bindPort()
                            + "; is the port in use, or the address not of this host?",
                    failure);
        }
        if (mentions(failure, "Node failed to start")) {
            Address own = new Address(new InetSocketAddress(config.bindHost(), config.bindPort()));
            return new ClusterStartException(
                    what + "the join was refused or timed out; looked for members at "
                            + config.discovery().report(own, refusals),
                    failure);
        }
        return new ClusterStartException(what + failure.getMessage(), failure);
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof ExecutionException || inner instanceof CompletionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    private static String innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner.getMessage() == null ? inner.toString() : inner.getMessage();
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mentions(Throwable failure, String words) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            String message = each.getMessage();
            if (message != null && message.contains(words)) {
                return true;
            }
        }
        return false;
    }
}
