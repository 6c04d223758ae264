package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What is known of uploads: of one, or of those whose file names begin alike. */
final class UploadSearchServlet extends UploadApiServlet {
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1000;

    private final UploadStore uploads;

    UploadSearchServlet(UploadStore uploads) {
        super("GET", "HEAD");
        this.uploads = uploads;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String rest = request.getPathInfo();
        answer(response, () -> {
            boolean all = rest == null || rest.equals("/");
            Object found =
                    all ? list(request) : uploads.find(nameInPath(request)).orElseThrow(UploadApiServlet::notFound);
            Json.send(response, found);
        });
    }

    private Object list(HttpServletRequest request) {
        int limit = request.getParameter("limit") == null ? PAGE : number(request, "limit", 1, LONGEST_PAGE);
        return uploads.list(orEmpty(request, "prefix"), orEmpty(request, "after"), limit);
    }

    private static String orEmpty(HttpServletRequest request, String parameter) {
        String value = request.getParameter(parameter);
        return value == null ? "" : value;
    }
}
