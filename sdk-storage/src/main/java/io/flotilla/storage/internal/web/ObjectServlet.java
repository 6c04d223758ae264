package io.flotilla.storage.internal.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Serves the objects of a namespace under their names. */
public final class ObjectServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient ObjectSender sender;
    private final String namespace;
    private final transient @Nullable SignedPaths signatures;

    /**
     * @param signatures what to ask for a signature; null if none is needed
     */
    public ObjectServlet(ObjectSender sender, String namespace, @Nullable SignedPaths signatures) {
        this.sender = sender;
        this.namespace = namespace;
        this.signatures = signatures;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (signatures != null) {
            if (!signatures.permits(request.getRequestURI(), request.getParameter(SignedPaths.PARAMETER))) {
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
                return;
            }
            response.setHeader("Cache-Control", "private, no-cache"); // not for those who have no signature
        }
        String path = request.getPathInfo();
        sender.send(request, response, namespace, path == null || path.isEmpty() ? "" : path.substring(1));
    }

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doGet(request, response);
    }
}
