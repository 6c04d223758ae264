package io.flotilla.health.internal.forwarded;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request as its client sent it, without the headers that told so. */
final class ForwardedRequest extends HttpServletRequestWrapper {
    private static final Set<String> HIDDEN = hidden();

    private final @Nullable Origin origin;

    /**
     * Wraps a request.
     *
     * @param origin null if its sender is the client for all that is known
     */
    ForwardedRequest(HttpServletRequest request, @Nullable Origin origin) {
        super(request);
        this.origin = origin;
    }

    private static Set<String> hidden() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(XForwardedHeaders.NAMES);
        names.add(ForwardedHeader.NAME);
        return Collections.unmodifiableSet(names);
    }

    @Override
    public String getRemoteAddr() {
        return origin == null ? super.getRemoteAddr() : origin.address().getHostAddress();
    }

    @Override
    public String getRemoteHost() {
        return origin == null ? super.getRemoteHost() : origin.address().getHostAddress();
    }

    @Override
    public int getRemotePort() {
        return origin == null ? super.getRemotePort() : origin.port();
    }

    @Override
    public String getScheme() {
        String scheme = told();
        return scheme == null ? super.getScheme() : scheme;
    }

    @Override
    public boolean isSecure() {
        String scheme = told();
        return scheme == null ? super.isSecure() : scheme.equals("https");
    }

    private @Nullable String told() {
        return origin == null ? null : origin.scheme();
    }

    @Override
    public String getServerName() {
        Host host = origin == null ? null : origin.host();
        return host == null ? super.getServerName() : host.name();
    }

    @Override
    public int getServerPort() {
        Host asked = asked();
        return asked == null ? super.getServerPort() : asked.portFor(getScheme());
    }

    /** What the client asked for, if a balancer says how or where: the container knows the port of its own scheme only. */
    private @Nullable Host asked() {
        Host host = origin == null ? null : origin.host();
        if (host != null) {
            return host;
        }
        return told() == null ? null : Host.parse(super.getHeader("Host"));
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(base()).append(getRequestURI());
    }

    /** Scheme, host and port. */
    String base() {
        String scheme = getScheme().toLowerCase(Locale.ROOT);
        int port = getServerPort();
        boolean usual = port <= 0 || port == new Host("", 0).portFor(scheme);
        return scheme + "://" + getServerName() + (usual ? "" : ":" + port);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return HIDDEN.contains(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return HIDDEN.contains(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                .filter(each -> !HIDDEN.contains(each))
                .toList());
    }
}
