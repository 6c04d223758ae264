package io.flotilla.health;

import io.flotilla.health.internal.forwarded.ForwardedFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.function.Consumer;

/**
 * Makes a request that came through balancers look like the client's own: its address ({@code getRemoteAddr},
 * {@code getRemoteHost}, {@code getRemotePort}), its scheme ({@code getScheme}, {@code isSecure}), and the host that it asked
 * for ({@code getServerName}, {@code getServerPort}, {@code getRequestURL}); redirects lead there. The headers are those of
 * RFC 7239 and the older {@code X-Forwarded-*}.
 *
 * <p>Only what listed balancers say is believed, from the nearest one outwards, as far as each that is named is listed as
 * well: what a client has put into the headers itself lies behind the first address that is not. Behind the filter the
 * headers are gone, believed or not, so that nobody else takes them at their word.
 *
 * <p>It needs no cluster. Containers that were told to do the same ({@code RemoteIpValve}, {@code ForwardedRequestCustomizer})
 * or that speak the PROXY protocol show the client's address already: then list nothing and leave this filter out.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class ForwardedRequests {
    private ForwardedRequests() {}

    /**
     * A filter to be put before all others, for all dispatcher types and with asynchronous support.
     *
     * @param settings adjusts the builder; has to name the balancers
     * @return the filter
     * @throws IllegalArgumentException if a setting is out of range or no balancer is named
     */
    public static Filter filter(Consumer<ForwardedRequestsBuilder> settings) {
        ForwardedRequestsBuilder builder = new ForwardedRequestsBuilder();
        settings.accept(builder);
        return new ForwardedFilter(builder.build());
    }

    /**
     * Puts {@link #filter} before the filters that the application declares and that are registered later. Call it before
     * {@code Sessions.register}, so that session cookies know whether the client came by https.
     *
     * @param context a web application that is starting
     * @param settings adjusts the builder; has to name the balancers
     * @throws IllegalArgumentException if a setting is out of range or no balancer is named
     * @throws IllegalStateException if the web application has started, or has this filter already
     */
    public static void register(ServletContext context, Consumer<ForwardedRequestsBuilder> settings) {
        var registration = context.addFilter("flotilla-forwarded", filter(settings));
        if (registration == null) {
            throw new IllegalStateException("the web application has this filter already");
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }
}
