package io.flotilla.cache.internal.page;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** What a servlet has said of its response so far. */
final class Recorded {
    final HeaderFields fields = new HeaderFields();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    int status = HttpServletResponse.SC_OK;
    ContentType type = ContentType.NONE;
    private @Nullable Ending ending;
    private boolean isPersonal;

    /** How a response ends that has no content of its own: an error page or a redirect, which are the container's. */
    interface Ending {
        void to(HttpServletResponse response) throws IOException;
    }

    void write(byte[] bytes, int offset, int length) {
        body.write(bytes, offset, length);
    }

    int size() {
        return body.size();
    }

    byte[] bytes() {
        return body.toByteArray();
    }

    void end(int endStatus, Ending how) {
        body.reset();
        status = endStatus;
        ending = how;
    }

    /** It holds something that is this client's alone, and no field tells. */
    void personal() {
        isPersonal = true;
    }

    boolean isPersonal() {
        return isPersonal;
    }

    /** Whether what will be sent is what was recorded. */
    boolean isWhole() {
        return ending == null;
    }

    void resetBody() {
        body.reset();
    }

    void reset() {
        body.reset();
        fields.clear();
        status = HttpServletResponse.SC_OK;
        type = ContentType.NONE;
    }

    /** The fields with the type of the content. */
    HeaderFields head() {
        HeaderFields head = HeaderFields.of(fields.flat());
        head.set("Content-Type", type.field());
        return head;
    }

    /** Sends it as if it had not been recorded: as text if it was written as text, for a response has either. */
    void to(HttpServletResponse response) throws IOException {
        headTo(response);
        Ending how = ending;
        String charset = type.charset();
        if (how != null) {
            how.to(response);
        } else if (type.isFixed() && charset != null) {
            response.getWriter().write(body.toString(Charset.forName(charset)));
        } else if (body.size() > 0) {
            body.writeTo(response.getOutputStream());
        }
    }

    /** Says of another response what was said of this one. */
    void headTo(HttpServletResponse response) {
        response.setStatus(status);
        String field = type.field();
        if (field != null) {
            response.setContentType(field);
        }
        for (String name : fields.names()) {
            boolean first = true;
            for (String value : fields.all(name)) {
                if (first) {
                    response.setHeader(name, value);
                } else {
                    response.addHeader(name, value);
                }
                first = false;
            }
        }
    }
}
