package io.flotilla.benchmarks.node;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What races are made of. With {@code millis=n} a request has got its session and what it wants from it, waits that long
 * and then does what it was asked for, so that others overlap it.
 */
final class RaceServlet extends HttpServlet {
    private final Answer answer;

    RaceServlet(Answer answer) {
        this.answer = answer;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String action = String.valueOf(request.getPathInfo());
        HttpSession session = request.getSession(action.equals("/new"));
        answer.send(response, session == null ? "none" : actUnlessEnded(action, request, session));
    }

    /** A session that another request ends meanwhile says so, as the specification wants it, and applications cope. */
    private static String actUnlessEnded(String action, HttpServletRequest request, HttpSession session) {
        try {
            return act(action, request, session);
        } catch (IllegalStateException ended) {
            return "none";
        }
    }

    private static String act(String action, HttpServletRequest request, HttpSession session) {
        String name = request.getParameter("name");
        String value = request.getParameter("value");
        switch (action) {
            case "/new" -> session.setAttribute("list", new ArrayList<String>());
            case "/set" -> {
                await(request);
                session.setAttribute(name, value);
            }
            case "/add" -> {
                List<String> list = list(session);
                await(request);
                list.add(value);
            }
            case "/id" -> {
                await(request);
                request.changeSessionId();
            }
            case "/end" -> {
                await(request);
                session.invalidate();
            }
            case "/all" -> {
                return "ok " + all(session);
            }
            default -> throw new IllegalArgumentException("no such action: " + action);
        }
        return "ok";
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(HttpSession session) {
        @Nullable Object list = session.getAttribute("list");
        return list == null ? new ArrayList<>() : (List<String>) list;
    }

    /** All texts, as {@code name=value}, and the texts in the list. */
    private static String all(HttpSession session) {
        StringJoiner all = new StringJoiner(" ");
        for (String each : Collections.list(session.getAttributeNames())) {
            if (session.getAttribute(each) instanceof String text) {
                all.add(each + "=" + text);
            }
        }
        list(session).forEach(each -> all.add("list=" + each));
        return all.toString();
    }

    private static void await(HttpServletRequest request) {
        String millis = request.getParameter("millis");
        if (millis == null) {
            return;
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis));
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
