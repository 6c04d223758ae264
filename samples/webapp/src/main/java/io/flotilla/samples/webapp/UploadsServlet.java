package io.flotilla.samples.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files in, out and away. */
final class UploadsServlet extends UploadApiServlet {
    private static final String NO_TYPE = "application/octet-stream";
    private static final int LONGEST_NAME = 200;

    private final UploadStore uploads;

    UploadsServlet(UploadStore uploads) {
        super("GET", "HEAD", "POST", "PUT", "DELETE");
        this.uploads = uploads;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, () -> uploads.send(request, response, id(request)));
    }

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doGet(request, response);
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, () -> {
            if (!uploads.delete(id(request))) {
                throw notFound();
            }
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        });
    }

    /** A file as the body of the request. */
    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        requireNoId(request);
        String name = fileName(text(request, "name"));
        answer(response, () -> {
            Map<String, Object> upload = uploads.put(name, type(request.getContentType()), request.getInputStream());
            created(response, upload, upload);
        });
    }

    /** Files as the parts named {@code file} of a form. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        requireNoId(request);
        List<Part> files = files(request);
        answer(response, () -> {
            List<Map<String, Object>> stored = new ArrayList<>();
            for (Part each : files) {
                try (InputStream bytes = each.getInputStream()) {
                    String name = fileName(String.valueOf(each.getSubmittedFileName()));
                    stored.add(uploads.put(name, type(each.getContentType()), bytes));
                }
            }
            created(response, stored.get(0), stored);
        });
    }

    private static List<Part> files(HttpServletRequest request) throws IOException {
        List<Part> files = parts(request).stream()
                .filter(each -> each.getName().equals("file") && each.getSubmittedFileName() != null)
                .toList();
        if (files.isEmpty()) {
            throw new ProblemException(400, "The body must be multipart/form-data with files in parts named file.");
        }
        return files;
    }

    private static Collection<Part> parts(HttpServletRequest request) throws IOException {
        try {
            return request.getParts();
        } catch (ServletException | IllegalStateException malformed) {
            throw new ProblemException(400, "The body must be multipart/form-data with files in parts named file.");
        }
    }

    private static void created(HttpServletResponse response, Map<String, Object> first, Object body)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.setHeader("Location", String.valueOf(first.get("url")));
        Json.send(response, body);
    }

    private static void requireNoId(HttpServletRequest request) {
        String rest = request.getPathInfo();
        if (rest != null && rest.length() > 1) {
            throw new ProblemException(404, "Files are uploaded to /uploads itself.");
        }
    }

    /** The first part of the path; the file name that may follow is for people. */
    private static String id(HttpServletRequest request) {
        return nameInPath(request).split("/", 2)[0];
    }

    /** Without directories, which some browsers send. */
    private static String fileName(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .strip();
        if (last.isEmpty() || last.length() > LONGEST_NAME) {
            throw new ProblemException(400, "A file name must have 1 to " + LONGEST_NAME + " characters.");
        }
        return last;
    }

    private static String type(@Nullable String declared) {
        return declared == null || declared.isBlank() ? NO_TYPE : declared;
    }
}
