package io.flotilla.samples.webapp;

/** Ends a request with a problem document; for {@link ApiServlet} only. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String detail;

    ProblemException(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
    }

    Problem problem() {
        return Problem.of(status, detail);
    }
}
