package io.flotilla.samples.webapp;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An error as a document for programs (RFC 9457). */
record Problem(String type, String title, int status, String detail) {
    static final String CONTENT_TYPE = "application/problem+json";

    static Problem of(int status, String detail) {
        return new Problem("about:blank", title(status), status, detail);
    }

    /** What the client learns when nothing better was said; never anything from the inside. */
    static Problem of(int status) {
        return of(
                status,
                switch (status) {
                    case 400 -> "The request is malformed.";
                    case 404 -> "There is nothing at this path.";
                    case 405 -> "The path does not know this method.";
                    case 503 -> "The node cannot answer just now; trying again may help.";
                    default ->
                        status >= 500
                                ? "Something went wrong on this node; its log says more."
                                : "The request cannot be answered.";
                });
    }

    void send(HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setStatus(status);
        Json.send(response, CONTENT_TYPE, this);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 507 -> "Insufficient Storage";
            default -> status >= 500 ? "Server Error" : "Request Error";
        };
    }
}
