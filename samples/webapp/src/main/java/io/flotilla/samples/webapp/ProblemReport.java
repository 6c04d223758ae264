package io.flotilla.samples.webapp;

import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of Tomcat's error pages: whatever ends in an error outside of our servlets, down to a request that no
 * servlet ever sees, is answered with a problem document. Created by Tomcat, hence public.
 */
public final class ProblemReport extends ErrorReportValve {
    /** For Tomcat. */
    public ProblemReport() {}

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported() || !canWrite(response)) {
            return;
        }
        try {
            NodeHeader.restore(request, response);
            response.setContentLengthLong(-1); // a servlet may have announced the length of what it meant to answer
            response.setContentType(Problem.CONTENT_TYPE);
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(Json.text(problem(status, response.getMessage())));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("client left before the error was told", gone);
        }
    }

    /** What a filter said about a 503 is for the client; other texts come from the container and may quote the request. */
    private static Problem problem(int status, @Nullable String said) {
        return status == 503 && said != null && !said.isBlank() ? Problem.of(status, said) : Problem.of(status);
    }

    private static boolean canWrite(Response response) {
        AtomicBoolean allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }
}
