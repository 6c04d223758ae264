package io.flotilla.samples.containers.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * The ways in which a response may be sent, one a path: the session's attribute {@code x} is set, something sends the
 * response, and the request goes on until the gate is opened.
 */
public final class ResponseServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Made by the container. */
    public ResponseServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        request.getSession().setAttribute("x", request.getPathInfo());
        send(request.getPathInfo(), request, response);
        if (request.getParameter("gate") != null) {
            Gates.pass(request.getParameter("gate"));
        }
    }

    private static void send(String how, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (how) {
            case "/redirect" -> response.sendRedirect(request.getContextPath() + "/session/get?name=x");
            case "/redirect307", "/redirectkeep", "/redirect308keep" -> Servlet61.redirect(how, request, response);
            case "/buffer" -> Servlet61.writeBuffer(response);
            case "/trailer" -> {
                response.setTrailerFields(() -> Map.of("checksum", "1"));
                response.flushBuffer();
                response.getWriter().print("x");
            }
            case "/error" -> response.sendError(404);
            case "/message" -> response.sendError(404, "not here");
            case "/flushbuffer" -> response.flushBuffer();
            case "/flushwriter" -> {
                response.getWriter().print("x");
                response.getWriter().flush();
            }
            case "/flushstream" -> {
                response.getOutputStream().print("x");
                response.getOutputStream().flush();
            }
            case "/closewriter" -> response.getWriter().close();
            case "/closestream" -> response.getOutputStream().close();
            case "/fullwriter" -> {
                while (!response.isCommitted()) {
                    response.getWriter().print("0123456789");
                }
                response.getWriter().print("0123456789".repeat(10_000));
            }
            case "/fullstream" -> {
                while (!response.isCommitted()) {
                    response.getOutputStream().write(new byte[100]);
                }
                response.getOutputStream().write(new byte[100_000]);
            }
            case "/length" -> {
                response.setContentLength(2);
                response.getOutputStream().print("ok");
            }
            case "/lengthheader" -> {
                response.setHeader("Content-Length", "2");
                response.getWriter().print("ok");
            }
            case "/onewrite1000", "/onewrite5000", "/onewrite10000", "/onewrite20000" ->
                response.getOutputStream().write(new byte[Integer.parseInt(how.substring("/onewrite".length()))]);
            case "/onetext10000" -> response.getWriter().print("0123456789".repeat(1000));
            case "/setbuffer" -> {
                response.setBufferSize(2 * response.getBufferSize());
                while (!response.isCommitted()) {
                    response.getOutputStream().write(new byte[100]);
                }
            }
            case "/resetbuffer" -> {
                for (int i = 100; i < response.getBufferSize(); i += 100) {
                    response.getOutputStream().write(new byte[100]);
                }
                response.resetBuffer();
                while (!response.isCommitted()) {
                    response.getOutputStream().write(new byte[100]);
                }
            }
            case "/reset" -> {
                response.getOutputStream().write(new byte[response.getBufferSize()]);
                if (!response.isCommitted()) {
                    response.reset();
                }
                response.flushBuffer();
            }
            default -> response.getWriter().print("page");
        }
    }
}
