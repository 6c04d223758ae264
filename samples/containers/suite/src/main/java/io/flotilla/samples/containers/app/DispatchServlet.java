package io.flotilla.samples.containers.app;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Forwards, includes and error pages: each source sets {@code x} if asked to, and each target sets {@code y}. */
public final class DispatchServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Made by the container. */
    public DispatchServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String path = path(request);
        if (request.getParameter("x") != null && !List.of("/page", "/count").contains(path)) {
            request.getSession().setAttribute("x", request.getParameter("x"));
        }
        switch (path) {
            case "/forward" -> request.getRequestDispatcher("/dispatch/page").forward(request, response);
            case "/include" -> {
                request.getRequestDispatcher("/dispatch/page").include(request, response);
                request.getSession().setAttribute("z", "3");
                response.getWriter().print(" rest");
            }
            case "/error" -> response.sendError(409);
            case "/broken" -> response.sendError(410);
            case "/badpage" -> {
                request.getSession().setAttribute("y", "2");
                throw new IllegalStateException("the application's own error page fails");
            }
            case "/includederror" -> {
                request.getRequestDispatcher("/dispatch/error").include(request, response);
                request.getSession().setAttribute("z", "3");
            }
            case "/otherforward" -> other(request).forward(request, response);
            case "/otherinclude" -> {
                other(request).include(request, response);
                request.getSession().setAttribute("z", "3");
            }
            case "/includebig" -> {
                request.getRequestDispatcher("/dispatch/bigpage").include(request, response);
                request.getSession().setAttribute("z", "3");
            }
            case "/count" -> {
                Object count = request.getSession().getAttribute("count");
                int next = count == null ? 1 : (Integer) count + 1;
                request.getSession().setAttribute("count", next);
                response.getWriter()
                        .print(next + " beside " + request.getSession().getAttribute("x"));
            }
            case "/bigpage" -> {
                request.getSession().setAttribute("y", "2");
                response.getWriter().print("0123456789".repeat(10_000));
            }
            case "/freshpage" -> {
                request.getSession().invalidate();
                request.getSession().setAttribute("y", request.getSession().isNew());
            }
            case "/fresh" -> response.sendError(411);
            case "/throw" -> throw new UnsupportedOperationException("the application's own");
            case "/page" -> {
                request.getSession().setAttribute("y", "2");
                response.getWriter().print("page " + request.getSession().getAttribute("x"));
            }
            case "/changeid" ->
                request.getRequestDispatcher("/session/changeid").forward(request, response);
            default -> response.sendError(404);
        }
    }

    /** Another application's page; with a query, since Jetty fails without one. */
    private RequestDispatcher other(HttpServletRequest request) {
        return getServletContext()
                .getContext(request.getParameter("to"))
                .getRequestDispatcher("/dispatch/count?called");
    }

    private static String path(HttpServletRequest request) {
        Object included = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
        return included == null ? request.getPathInfo() : (String) included;
    }
}
