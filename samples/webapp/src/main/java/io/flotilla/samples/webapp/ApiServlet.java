package io.flotilla.samples.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the servlets share: the methods they know, the reading of parameters, problems as answers. */
abstract class ApiServlet extends HttpServlet {
    private static final int MAX_BODY = 1 << 20;
    private static final int MAX_WAIT = 60_000;

    private final List<String> methods;

    ApiServlet(String... methods) {
        this.methods = List.of(methods);
    }

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            if (methods.contains(request.getMethod())) {
                super.service(request, response);
            } else {
                response.setHeader("Allow", String.join(", ", methods));
                Problem.of(405).send(response);
            }
        } catch (ProblemException problem) {
            problem.problem().send(response);
        }
    }

    /** The rest of the path, {@code x} in {@code /api/list/x}. */
    static String nameInPath(HttpServletRequest request) {
        String rest = request.getPathInfo();
        if (rest == null || rest.length() < 2) {
            throw new ProblemException(404, "The path must end with a name.");
        }
        return rest.substring(1);
    }

    static String text(HttpServletRequest request, String parameter) {
        String value = request.getParameter(parameter);
        if (value == null || value.isEmpty()) {
            throw new ProblemException(400, "The parameter " + parameter + " is missing.");
        }
        return value;
    }

    static int number(HttpServletRequest request, String parameter, int least, int most) {
        String value = text(request, parameter);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of range.
        }
        throw new ProblemException(
                400, "The parameter " + parameter + " must be a whole number from " + least + " to " + most + ".");
    }

    static String body(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw new ProblemException(413, "The body must not be longer than " + MAX_BODY + " bytes.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** How long a request is to wait in the middle of its work: its parameter {@code millis}. */
    static Duration wait(HttpServletRequest request) {
        return request.getParameter("millis") == null
                ? Duration.ZERO
                : Duration.ofMillis(number(request, "millis", 0, MAX_WAIT));
    }

    static void pause(Duration time) {
        try {
            var unused = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ProblemException(503, "The node is stopping.");
        }
    }
}
