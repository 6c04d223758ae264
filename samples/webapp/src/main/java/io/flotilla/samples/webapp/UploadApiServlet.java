package io.flotilla.samples.webapp;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.storage.StorageException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the servlets for uploads share: what the storage refuses, told as a problem. */
abstract class UploadApiServlet extends ApiServlet {
    UploadApiServlet(String... methods) {
        super(methods);
    }

    /** Work on the storage. */
    interface Work {
        void run() throws IOException;
    }

    static void answer(HttpServletResponse response, Work work) throws IOException {
        try {
            work.run();
        } catch (IllegalArgumentException refused) {
            throw new ProblemException(400, "A name, a type or a number in the request is not allowed.");
        } catch (ClusterUnavailableException unavailable) {
            response.setHeader("Retry-After", "2");
            throw new ProblemException(503, "The storage cannot answer just now; trying again may help.");
        } catch (StorageException failure) {
            throw problem(response, failure);
        }
    }

    private static ProblemException problem(HttpServletResponse response, StorageException failure) {
        return switch (failure.reason()) {
            case CONDITION_FAILED -> new ProblemException(412, "The upload has changed meanwhile.");
            case NOT_FOUND -> notFound();
            case TOO_LARGE -> new ProblemException(413, "The file is larger than uploads may be.");
            case QUOTA_EXCEEDED, NO_SPACE -> new ProblemException(507, "There is no room for more uploads.");
            case UNAVAILABLE, UNCERTAIN, LOST -> {
                response.setHeader("Retry-After", "2");
                yield new ProblemException(503, "The storage cannot answer just now; trying again may help.");
            }
        };
    }

    static ProblemException notFound() {
        return new ProblemException(404, "There is no such upload.");
    }
}
