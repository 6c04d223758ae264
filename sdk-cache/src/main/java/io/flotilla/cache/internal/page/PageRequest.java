package io.flotilla.cache.internal.page;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request whose response is recorded. Its servlet is to answer with a whole page: conditions are checked afterwards, by
 * this cache. Used by one thread until it is asynchronous.
 */
final class PageRequest extends HttpServletRequestWrapper {
    private static final Set<String> CONDITIONS = Set.of("if-none-match", "if-modified-since");

    // The one of a container that offers to send a file by itself, beside the response.
    private static final Set<String> SENDFILE =
            Set.of("org.apache.tomcat.sendfile.support", "org.apache.tomcat.sendfile.filename");

    private final PageResponse response;
    private final boolean isDetached;
    private boolean usesSession;
    private boolean hasNewSession;

    /**
     * @param isDetached whether the client has its answer already
     */
    PageRequest(HttpServletRequest request, PageResponse response, boolean isDetached) {
        super(request);
        this.response = response;
        this.isDetached = isDetached;
    }

    /** Whether the page may depend on a session. */
    boolean usesSession() {
        return usesSession;
    }

    /** Whether the page goes with a new session, whose cookie the container sends. */
    boolean hasNewSession() {
        return hasNewSession;
    }

    private static boolean isHidden(String name) {
        return CONDITIONS.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public long getDateHeader(String name) {
        return isHidden(name) ? -1 : super.getDateHeader(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(PageRequest::isHidden);
        return Collections.enumeration(names);
    }

    @Override
    public HttpSession getSession() {
        return used(super.getSession());
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        HttpSession session = super.getSession(create);
        return session == null ? null : used(session);
    }

    private HttpSession used(HttpSession session) {
        usesSession = true;
        hasNewSession |= session.isNew();
        return session;
    }

    @Override
    public String changeSessionId() {
        usesSession = true;
        hasNewSession = true;
        return super.changeSessionId();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return SENDFILE.contains(name) ? null : super.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (SENDFILE.contains(name)) {
            handOver();
        }
        super.setAttribute(name, value);
    }

    @Override
    public boolean isAsyncSupported() {
        return !isDetached && super.isAsyncSupported();
    }

    @Override
    public AsyncContext startAsync() {
        refuseDetached();
        handOver();
        return super.startAsync();
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse answer) {
        refuseDetached();
        handOver();
        return super.startAsync(request, answer);
    }

    private void refuseDetached() {
        if (isDetached) {
            throw new IllegalStateException("a page that is made anew behind its client cannot be asynchronous");
        }
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        refuseDetached();
        handOver();
        return super.upgrade(handler);
    }

    /** From now on the response goes its own way. */
    private void handOver() {
        response.handOver();
    }
}
