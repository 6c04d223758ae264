package io.flotilla.health.internal.forwarded;

import io.flotilla.health.ForwardedForm;
import io.flotilla.spi.Seldom;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds where requests came from. Thread-safe. */
final class Origins {
    private static final Logger log = LoggerFactory.getLogger(Origins.class);
    private static final int MOST_HOPS = 64;

    private final ForwardedConfig config;
    private final Seldom warning = new Seldom(Duration.ofMinutes(1));

    Origins(ForwardedConfig config) {
        this.config = config;
    }

    /** Empty if the request came from nobody who is trusted, or nothing believable is told. */
    Optional<Origin> of(HttpServletRequest request) {
        InetAddress peer = Literals.address(String.valueOf(request.getRemoteAddr()));
        if (peer == null || !config.trusts(peer)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(agreed(
                    config.reads(ForwardedForm.FORWARDED) ? origin(peer, forwarded(request)) : null,
                    config.reads(ForwardedForm.X_FORWARDED) ? origin(peer, xForwarded(request)) : null));
        } catch (Malformed refused) {
            warn(refused.getMessage());
            return Optional.empty();
        }
    }

    private static List<Hop> forwarded(HttpServletRequest request) throws Malformed {
        return ForwardedHeader.hops(joined(request, ForwardedHeader.NAME));
    }

    private List<Hop> xForwarded(HttpServletRequest request) {
        boolean host = config.forwardedHost();
        return new XForwardedHeaders(
                        joined(request, XForwardedHeaders.FOR),
                        joined(request, XForwardedHeaders.PROTO),
                        host ? joined(request, XForwardedHeaders.HOST) : "",
                        host ? joined(request, XForwardedHeaders.PORT) : "")
                .hops();
    }

    private static String joined(HttpServletRequest request, String header) {
        return String.join(",", Collections.list(request.getHeaders(header)));
    }

    /** From the nearest balancer outwards: each is believed as long as it is trusted itself. */
    private @Nullable Origin origin(InetAddress peer, List<Hop> hops) throws Malformed {
        if (hops.isEmpty()) {
            return null;
        }
        if (hops.size() > MOST_HOPS) {
            throw new Malformed("there are more than " + MOST_HOPS + " balancers in the headers");
        }
        Origin origin = new Origin(peer, 0, null, null);
        for (int i = hops.size() - 1; i >= 0; i--) {
            Hop hop = hops.get(i);
            InetAddress sender = hop.address();
            origin = new Origin(
                    sender == null ? origin.address() : sender,
                    sender == null ? origin.port() : hop.port(),
                    hop.scheme() == null ? origin.scheme() : hop.scheme(),
                    hop.host() == null ? origin.host() : hop.host());
            if (sender == null || !config.trusts(sender)) {
                break;
            }
        }
        return origin;
    }

    /** One of the two may be the client's own invention if they name different clients. */
    private @Nullable Origin agreed(@Nullable Origin forwarded, @Nullable Origin xForwarded) throws Malformed {
        if (forwarded == null || xForwarded == null) {
            return forwarded == null ? xForwarded : forwarded;
        }
        if (!forwarded.address().equals(xForwarded.address()) || isAnother(forwarded.scheme(), xForwarded.scheme())) {
            throw new Malformed(
                    "Forwarded and X-Forwarded-* say different things; set forwarded.form to the one that the"
                            + " balancers set");
        }
        return new Origin(
                forwarded.address(),
                forwarded.port() == 0 ? xForwarded.port() : forwarded.port(),
                forwarded.scheme() == null ? xForwarded.scheme() : forwarded.scheme(),
                forwarded.host() == null ? xForwarded.host() : forwarded.host());
    }

    private static boolean isAnother(@Nullable String one, @Nullable String other) {
        return one != null && other != null && !one.equals(other);
    }

    private void warn(@Nullable String reason) {
        warning.now()
                .ifPresent(leftOut -> log.warn(
                        "headers of a trusted balancer are not believed, {} times more since the last such line: {}",
                        leftOut,
                        reason));
    }
}
