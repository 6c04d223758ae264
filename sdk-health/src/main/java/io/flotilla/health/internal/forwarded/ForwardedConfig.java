package io.flotilla.health.internal.forwarded;

import io.flotilla.health.ForwardedForm;
import io.flotilla.spi.Check;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom to believe, and what. */
public record ForwardedConfig(
        List<Network> trusted, @Nullable ForwardedForm form, boolean forwardedHost) {

    public ForwardedConfig {
        trusted = List.copyOf(trusted);
        Check.that(!trusted.isEmpty(), "forwarded.trust must name the balancers, was empty");
    }

    boolean trusts(InetAddress address) {
        return trusted.stream().anyMatch(each -> each.contains(address));
    }

    boolean reads(ForwardedForm one) {
        return form == null || form == one;
    }
}
