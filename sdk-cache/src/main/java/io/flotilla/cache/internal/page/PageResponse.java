package io.flotilla.cache.internal.page;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A response that is recorded while it may be stored. As soon as it turns out that it may not, or is too long, what there is
 * goes to the client, and the rest as the servlet writes it. Used by one thread until the response is handed over.
 */
final class PageResponse extends HttpServletResponseWrapper {
    private final HttpServletResponse real;
    private final Audience audience;
    private final Recorded recorded = new Recorded();
    private final Set<String> tags = new LinkedHashSet<>();
    private State state = State.RECORDING;
    private boolean isCommitted;
    private @Nullable RecordingOutput output;
    private @Nullable PrintWriter writer;

    private enum State {
        RECORDING,
        /** Everything goes to the client. */
        HANDED_OVER,
        /** Nobody gets it. */
        DROPPED
    }

    /** Who is interested in what a response comes to. */
    interface Audience {
        /** How many bytes may be recorded. */
        int limit();

        /** The name of the field with tags. */
        String tagsHeader();

        /** Whether what is recorded so far could be stored. */
        boolean isStorable(Recorded recorded);

        /** Whether a response of this status, or at all, is of no use to the client, who gets another one. */
        boolean isUseless(int status);

        /** It will not be stored: called once, before the client gets the first byte. */
        void notStorable(HttpServletResponse response);
    }

    PageResponse(HttpServletResponse real, Audience audience) {
        super(real);
        this.real = real;
        this.audience = audience;
    }

    boolean isRecording() {
        return state == State.RECORDING;
    }

    Recorded recorded() {
        return recorded;
    }

    /** The tags that the servlet has named. */
    Set<String> tags() {
        return tags;
    }

    /** The client gets this response and no other. Does nothing if it does so already. */
    void handOver() {
        if (state != State.RECORDING) {
            return;
        }
        if (audience.isUseless(recorded.status)) {
            state = State.DROPPED;
            recorded.resetBody();
            audience.notStorable(real);
            return;
        }
        state = State.HANDED_OVER;
        audience.notStorable(real);
        try {
            recorded.to(real);
            if (isCommitted && recorded.isWhole()) {
                real.flushBuffer();
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Bytes of the servlet's. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        if (state == State.RECORDING && recorded.isWhole()) {
            recorded.write(bytes, offset, length);
            releaseIfHopeless(recorded.size());
        } else if (state == State.HANDED_OVER) {
            real.getOutputStream().write(bytes, offset, length);
        }
    }

    /** Text of the servlet's; false if it is to be encoded. */
    boolean passed(char[] chars, int offset, int length) throws IOException {
        if (state == State.HANDED_OVER) {
            real.getWriter().write(chars, offset, length);
        }
        return state == State.HANDED_OVER;
    }

    /** As much as a container would hold back is recorded in any case: until then the servlet may still change its mind. */
    private void releaseIfHopeless(long size) {
        if (size > audience.limit() || (size > real.getBufferSize() && !audience.isStorable(recorded))) {
            handOver();
        }
    }

    /** A page that will be stored comes to an end, and is sent then; any other is sent as the servlet wants it to be. */
    @Override
    public void flushBuffer() throws IOException {
        if (state == State.HANDED_OVER) {
            real.flushBuffer();
        } else if (state == State.RECORDING) {
            isCommitted = true;
            if (!audience.isStorable(recorded)) {
                handOver();
            }
        }
    }

    @Override
    public boolean isCommitted() {
        return isCommitted || (state == State.HANDED_OVER && real.isCommitted());
    }

    private boolean isOpen() {
        return state == State.RECORDING && !isCommitted;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (writer != null) {
            throw new IllegalStateException("getWriter has been called already");
        }
        return stream();
    }

    private RecordingOutput stream() {
        RecordingOutput present = output;
        if (present == null) {
            present = new RecordingOutput(this);
            output = present;
        }
        return present;
    }

    /** The real stream, for a servlet that writes without blocking. */
    ServletOutputStream realStream() throws IOException {
        handOver();
        return real.getOutputStream();
    }

    boolean isReady() throws IOException {
        return state != State.HANDED_OVER || real.getOutputStream().isReady();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter present = writer;
        if (present == null) {
            if (output != null) {
                throw new IllegalStateException("getOutputStream has been called already");
            }
            recorded.type = recorded.type.fixed(super.getCharacterEncoding());
            present = new PrintWriter(new EncodingWriter(this, stream(), Charset.forName(getCharacterEncoding())));
            writer = present;
        }
        return present;
    }

    @Override
    public String getCharacterEncoding() {
        String own = recorded.type.charset();
        return own == null ? super.getCharacterEncoding() : own;
    }

    @Override
    public void setCharacterEncoding(String name) {
        changeType(() -> recorded.type.withCharset(name));
    }

    // Servlet 6.0 does not have it, hence no call of super.
    @Override
    public void setCharacterEncoding(Charset charset) {
        setCharacterEncoding(charset.name());
    }

    @Override
    public @Nullable String getContentType() {
        return state == State.HANDED_OVER ? real.getContentType() : recorded.type.field();
    }

    @Override
    public void setContentType(String type) {
        changeType(() -> recorded.type.withType(type));
    }

    private void changeType(Supplier<ContentType> change) {
        if (isOpen() || (state == State.HANDED_OVER && !real.isCommitted())) {
            recorded.type = change.get();
        }
        String field = recorded.type.field();
        String charset = recorded.type.charset();
        if (state == State.HANDED_OVER && field != null) {
            real.setContentType(field);
        } else if (state == State.HANDED_OVER && charset != null) {
            real.setCharacterEncoding(charset);
        }
    }

    @Override
    public void setLocale(Locale locale) {
        super.setLocale(locale);
        if (isOpen()) {
            recorded.fields.set("Content-Language", locale.toLanguageTag());
        }
    }

    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        if (state == State.HANDED_OVER) {
            real.setContentLengthLong(length);
        } else if (isOpen()) {
            recorded.fields.set("Content-Length", Long.toString(length));
            releaseIfHopeless(length > audience.limit() ? length : 0);
        }
    }

    @Override
    public void setStatus(int status) {
        if (state == State.HANDED_OVER) {
            real.setStatus(status);
        } else if (isOpen()) {
            recorded.status = status;
        }
    }

    @Override
    public int getStatus() {
        return state == State.HANDED_OVER ? real.getStatus() : recorded.status;
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        end(status, response -> response.sendError(status, message));
    }

    @Override
    public void sendError(int status) throws IOException {
        end(status, response -> response.sendError(status));
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        end(HttpServletResponse.SC_FOUND, response -> response.sendRedirect(location));
    }

    // Servlet 6.0 does not have it, nor anybody who would call it.
    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        end(status, response -> response.sendRedirect(location, status, clearBuffer));
    }

    private void end(int status, Recorded.Ending how) throws IOException {
        if (isCommitted()) {
            throw new IllegalStateException("the response is committed");
        }
        if (state == State.HANDED_OVER) {
            how.to(real);
        } else {
            recorded.end(status, how);
            isCommitted = true;
        }
    }

    @Override
    public void reset() {
        if (state == State.HANDED_OVER) {
            real.reset();
            return;
        }
        refuseCommitted();
        super.reset();
        recorded.reset();
        tags.clear();
        output = null;
        writer = null;
    }

    @Override
    public void resetBuffer() {
        if (state == State.HANDED_OVER) {
            real.resetBuffer();
        } else {
            refuseCommitted();
            recorded.resetBody();
        }
    }

    private void refuseCommitted() {
        if (isCommitted) {
            throw new IllegalStateException("the response is committed");
        }
    }

    @Override
    public void setBufferSize(int size) {
        if (state == State.HANDED_OVER) {
            real.setBufferSize(size);
        }
    }

    @Override
    public void addCookie(Cookie cookie) {
        recorded.personal();
        super.addCookie(cookie);
    }

    @Override
    public String encodeURL(String url) {
        return personalIfChanged(url, super.encodeURL(url));
    }

    @Override
    public String encodeRedirectURL(String url) {
        return personalIfChanged(url, super.encodeRedirectURL(url));
    }

    /** The id of a session may be in it. */
    private String personalIfChanged(String url, String encoded) {
        if (!encoded.equals(url)) {
            recorded.personal();
        }
        return encoded;
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> supplier) {
        recorded.personal(); // such a page has more than is recorded
        super.setTrailerFields(supplier);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        header(name, value, true);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        header(name, value, false);
    }

    @Override
    public void setIntHeader(String name, int value) {
        header(name, Integer.toString(value), true);
    }

    @Override
    public void addIntHeader(String name, int value) {
        header(name, Integer.toString(value), false);
    }

    @Override
    public void setDateHeader(String name, long value) {
        header(name, HttpDates.format(Instant.ofEpochMilli(value)), true);
    }

    @Override
    public void addDateHeader(String name, long value) {
        header(name, HttpDates.format(Instant.ofEpochMilli(value)), false);
    }

    private void header(String name, @Nullable String value, boolean replaces) {
        if (name.equalsIgnoreCase(audience.tagsHeader())) {
            tag(value, replaces);
        } else if (name.equalsIgnoreCase("Content-Type")) {
            changeType(() -> recorded.type.withType(value));
        } else if (state == State.HANDED_OVER) {
            if (replaces) {
                real.setHeader(name, value);
            } else {
                real.addHeader(name, value);
            }
        } else if (isOpen()) {
            record(name, value, replaces);
        }
    }

    private void tag(@Nullable String value, boolean replaces) {
        if (replaces) {
            tags.clear();
        }
        if (value != null) {
            for (String each : value.split("[,\\s]+", -1)) {
                if (!each.isEmpty()) {
                    tags.add(each);
                }
            }
        }
    }

    private void record(String name, @Nullable String value, boolean replaces) {
        if (replaces) {
            recorded.fields.set(name, value);
        } else if (value != null) {
            recorded.fields.add(name, value);
        }
        if (name.equalsIgnoreCase("Content-Length") && value != null) {
            long length = CacheControl.deltaSeconds(value);
            releaseIfHopeless(length > audience.limit() ? length : 0);
        }
    }

    @Override
    public boolean containsHeader(String name) {
        return getHeader(name) != null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (name.equalsIgnoreCase("Content-Type")) {
            return getContentType();
        }
        String own = state == State.HANDED_OVER ? null : recorded.fields.first(name);
        return own == null ? super.getHeader(name) : own;
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return state != State.HANDED_OVER && recorded.fields.has(name)
                ? recorded.fields.all(name)
                : super.getHeaders(name);
    }

    @Override
    public Collection<String> getHeaderNames() {
        Set<String> names = new LinkedHashSet<>(super.getHeaderNames());
        if (state != State.HANDED_OVER) {
            names.addAll(recorded.fields.names());
        }
        return names;
    }
}
