package io.flotilla.samples.containers.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** The everyday calls of {@code HttpSession}, one a path. */
public final class SessionServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Made by the container. */
    public SessionServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().print(answer(request, response));
    }

    private static Object answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        return switch (request.getPathInfo()) {
            case "/set" -> {
                request.getSession().setAttribute(request.getParameter("name"), request.getParameter("value"));
                yield "set";
            }
            case "/get" -> get(request);
            case "/witness" -> {
                request.getSession()
                        .setAttribute(request.getParameter("name"), new Witness(request.getParameter("value")));
                yield "set";
            }
            case "/heard" -> String.join("\n", Heard.of(request.getParameter("id")));
            case "/remove" -> {
                request.getSession().removeAttribute(request.getParameter("name"));
                yield "removed";
            }
            case "/names" -> new TreeSet<>(Collections.list(request.getSession().getAttributeNames()));
            case "/cart" -> cart(request);
            case "/new" -> request.getSession().isNew();
            case "/id" -> request.getSession().getId();
            case "/changeid" -> request.changeSessionId();
            case "/newid" -> {
                request.getSession();
                request.getRequestDispatcher("/dispatch/page").include(request, response);
                yield " " + request.changeSessionId();
            }
            case "/times" ->
                request.getSession().getCreationTime() + " "
                        + request.getSession().getLastAccessedTime();
            case "/timeout" -> timeout(request);
            case "/invalidate" -> {
                request.getSession().invalidate();
                yield "ended";
            }
            case "/swap" -> swap(request);
            case "/refusals" -> refusals(request);
            case "/nameless" -> nameless(request.getSession());
            case "/late" -> late(request);
            case "/toolate" -> tooLate(request, response);
            case "/requested" -> requested(request);
            case "/link" -> {
                if (request.getParameter("create") != null) {
                    request.getSession();
                }
                yield response.encodeURL(request.getParameter("to")) + " "
                        + response.encodeRedirectURL(request.getParameter("to"));
            }
            case "/accessor" -> Servlet61.accessLater(request.getSession(), request.getParameter("gate"));
            case "/bean" -> bean(request);
            case "/context" -> request.getSession().getServletContext().getContextPath();
            case "/pass" -> {
                Gates.pass(request.getParameter("gate"));
                yield "passed";
            }
            case "/open" -> {
                Gates.open(request.getParameter("gate"));
                yield "open";
            }
            default -> "no session asked for";
        };
    }

    private static Object get(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? "none" : String.valueOf(session.getAttribute(request.getParameter("name")));
    }

    private static Object cart(HttpServletRequest request) {
        HttpSession session = request.getSession();
        Cart cart = (Cart) session.getAttribute("cart");
        if (cart == null) {
            cart = new Cart();
            session.setAttribute("cart", cart);
        }
        cart.add(request.getParameter("item"));
        return cart;
    }

    private static Object timeout(HttpServletRequest request) {
        if (request.getParameter("seconds") != null) {
            request.getSession().setMaxInactiveInterval(Integer.parseInt(request.getParameter("seconds")));
        }
        return request.getSession().getMaxInactiveInterval();
    }

    private static Object swap(HttpServletRequest request) {
        request.getSession().invalidate();
        boolean gone = request.getSession(false) == null && !request.isRequestedSessionIdValid();
        request.getSession().setAttribute("y", "2");
        return gone + " " + request.getSession().getId();
    }

    private static Object refusals(HttpServletRequest request) {
        HttpSession session = request.getSession();
        String id = session.getId();
        session.invalidate();
        List<Runnable> calls = List.of(
                session::invalidate,
                session::isNew,
                session::getCreationTime,
                session::getLastAccessedTime,
                session::getAttributeNames,
                () -> session.getAttribute("x"),
                () -> session.setAttribute("x", "1"),
                () -> session.removeAttribute("x"));
        long refused = calls.stream().filter(SessionServlet::isRefused).count();
        session.getMaxInactiveInterval();
        session.setMaxInactiveInterval(60);
        return refused + " of " + calls.size() + ", id kept: " + session.getId().equals(id);
    }

    private static Object nameless(HttpSession session) {
        List<Runnable> calls = List.of(
                () -> session.getAttribute(null),
                () -> session.setAttribute(null, "1"),
                () -> session.setAttribute(null, null),
                () -> session.removeAttribute(null));
        return calls.stream().filter(SessionServlet::isIllegal).count() + " of " + calls.size();
    }

    private static boolean isIllegal(Runnable call) {
        try {
            call.run();
            return false;
        } catch (IllegalArgumentException expected) {
            return true;
        }
    }

    private static boolean isRefused(Runnable call) {
        try {
            call.run();
            return false;
        } catch (IllegalStateException expected) {
            return true;
        }
    }

    /** A request that has its session, and sets an attribute after a while. */
    private static Object late(HttpServletRequest request) {
        HttpSession session = request.getSession();
        Gates.open(request.getParameter("reached"));
        Gates.pass(request.getParameter("gate"));
        session.setAttribute("late", "kept");
        return session.getId();
    }

    private static Object tooLate(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.flushBuffer();
        boolean refused = isRefused(request::getSession);
        return "refused: " + refused;
    }

    private static Object requested(HttpServletRequest request) {
        return request.getRequestedSessionId() + " valid=" + request.isRequestedSessionIdValid() + " cookie="
                + request.isRequestedSessionIdFromCookie() + " url=" + request.isRequestedSessionIdFromURL();
    }

    /** What expression languages do to find a session's properties. */
    private static Object bean(HttpServletRequest request) throws IOException {
        try {
            return Introspector.getBeanInfo(request.getSession().getClass()).getPropertyDescriptors().length > 0;
        } catch (IntrospectionException failure) {
            throw new IOException(failure);
        }
    }
}
