package io.flotilla.samples.containers.app;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What came with Servlet 6.1; in a class that an older container never loads. */
final class Servlet61 {
    private Servlet61() {}

    /** Comes back to the session when the request is over. */
    static String accessLater(HttpSession session, String gate) {
        HttpSession.Accessor accessor = session.getAccessor();
        new Thread(() -> {
                    Gates.pass(gate);
                    try {
                        accessor.access(later -> later.setAttribute("x", "later " + later.isNew()));
                    } catch (IllegalStateException gone) {
                        Heard.add(session.getId(), "refused");
                    } finally {
                        Gates.open(gate + "-done");
                    }
                })
                .start();
        return "started";
    }

    /** Comes back to the session of a request that is over. */
    static void access(HttpSession session) {
        session.getAccessor().access(later -> later.setAttribute("x", "accessed"));
    }

    static void redirect(String how, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String there = request.getContextPath() + "/session/get?name=x";
        switch (how) {
            case "/redirect307" -> response.sendRedirect(there, 307);
            case "/redirectkeep" -> response.sendRedirect(there, false);
            default -> response.sendRedirect(there, 308, false);
        }
    }

    static void writeBuffer(HttpServletResponse response) throws IOException {
        response.setContentLength(2);
        response.getOutputStream().write(ByteBuffer.wrap("ok".getBytes(StandardCharsets.US_ASCII)));
    }
}
