package io.flotilla.health;

import static java.util.Objects.requireNonNull;

import io.flotilla.health.internal.forwarded.ForwardedConfig;
import io.flotilla.health.internal.forwarded.Network;
import io.flotilla.spi.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of {@link ForwardedRequests}. Not thread-safe.
 *
 * @since 0.1
 */
public final class ForwardedRequestsBuilder {
    private final List<Network> trusted = new ArrayList<>();
    private @Nullable ForwardedForm form;
    private @Nullable Boolean forwardedHost;

    ForwardedRequestsBuilder() {}

    /**
     * Believes the balancers at these addresses. Everybody else's headers are ignored. At least one is needed; more calls
     * add to it.
     *
     * @param networks addresses or networks, such as {@code 10.0.0.7}, {@code 10.1.0.0/16} or {@code fd00::/8}; no names
     * @return this builder
     * @throws IllegalArgumentException if one is neither an address nor a network
     */
    public ForwardedRequestsBuilder trust(String... networks) {
        for (String each : networks) {
            trusted.add(Network.parse("forwarded.trust", requireNonNull(each, "network")));
        }
        return this;
    }

    /**
     * Looks at the headers of one form only, the one that the balancers set. Default: at both. Where a request has both, and
     * they name different clients, neither is believed then: one of them came from the client itself, and nobody knows which.
     *
     * @param form which
     * @return this builder
     */
    public ForwardedRequestsBuilder form(ForwardedForm form) {
        this.form = Check.once(this.form, requireNonNull(form, "form"), "forwarded.form");
        return this;
    }

    /**
     * Believes {@code X-Forwarded-Host} and {@code X-Forwarded-Port} too. Default: not, since most balancers pass on the
     * {@code Host} that the client sent, and with it an {@code X-Forwarded-Host} that anybody may have made up: links that
     * are mailed to users would lead to its author. Only for balancers that always set or remove both. The {@code host} of
     * {@code Forwarded} needs no such switch, since a balancer writes it together with the client's address.
     *
     * @return this builder
     */
    public ForwardedRequestsBuilder forwardedHost() {
        forwardedHost = Check.once(forwardedHost, true, "forwarded.forwardedHost");
        return this;
    }

    ForwardedConfig build() {
        return new ForwardedConfig(trusted, form, forwardedHost != null);
    }
}
