package io.flotilla.samples.containers.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Asynchronous requests: each sets {@code x} to its path, somewhere on the way. */
public final class AsyncServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private transient ExecutorService pool = Executors.newCachedThreadPool();

    /** Made by the container. */
    public AsyncServlet() {}

    @Override
    public void destroy() {
        pool.shutdownNow();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        String path = request.getPathInfo();
        AsyncContext async = path.equals("/wrapped")
                ? request.startAsync(new HttpServletRequestWrapper(request), response)
                : request.startAsync();
        switch (path) {
            case "/complete" ->
                pool.execute(() -> {
                    session.setAttribute("x", path);
                    print(async, "later");
                    async.complete();
                });
            case "/start" ->
                async.start(() -> {
                    session.setAttribute("x", path);
                    print(async, "later");
                    async.complete();
                });
            case "/original", "/wrapped" -> {
                print(
                        async,
                        async.hasOriginalRequestAndResponse() + " "
                                + request.getAsyncContext().hasOriginalRequestAndResponse());
                async.complete();
            }
            case "/quick" -> {
                session.setAttribute("x", path);
                print(async, "quick");
                async.complete();
            }
            case "/dispatch" ->
                pool.execute(() -> {
                    session.setAttribute("x", path);
                    async.dispatch("/dispatch/page");
                });
            case "/events" -> pool.execute(() -> events(session, async, request.getParameter("gate")));
            case "/timeout" -> {
                async.setTimeout(50);
                async.addListener(new OnTimeout(session, true));
            }
            case "/forgotten" -> {
                async.setTimeout(50);
                async.addListener(new OnTimeout(session, false));
            }
            case "/nonblocking" -> {
                session.setAttribute("x", path);
                writeWhenPossible(async, response);
            }
            default -> {
                session.setAttribute("x", path);
                throw new IllegalStateException("the application's own");
            }
        }
    }

    private static void print(AsyncContext async, String text) {
        try {
            async.getResponse().getWriter().print(text);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Server-sent events: one after the other, each flushed, with the session changing in between. */
    private static void events(HttpSession session, AsyncContext async, String gate) {
        try {
            async.getResponse().setContentType("text/event-stream");
            session.setAttribute("x", "first");
            print(async, "data: first\n\n");
            async.getResponse().flushBuffer();
            Gates.pass(gate);
            session.setAttribute("x", "second");
            print(async, "data: second\n\n");
            async.getResponse().flushBuffer();
            Gates.pass(gate + "2");
            session.setAttribute("x", "/events");
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } finally {
            async.complete();
        }
    }

    private static void writeWhenPossible(AsyncContext async, HttpServletResponse response) throws IOException {
        ServletOutputStream out = response.getOutputStream();
        out.setWriteListener(new WriteListener() {
            private int left = 100;

            @Override
            public void onWritePossible() throws IOException {
                while (out.isReady()) {
                    if (left-- == 0) {
                        async.complete();
                        return;
                    }
                    out.write(new byte[1000]);
                }
            }

            @Override
            public void onError(Throwable failure) {
                async.complete();
            }
        });
    }

    private record OnTimeout(HttpSession session, boolean completes) implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            session.setAttribute("x", "timed out");
            if (completes) {
                event.getAsyncContext().getResponse().getWriter().print("late");
                event.getAsyncContext().complete();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
