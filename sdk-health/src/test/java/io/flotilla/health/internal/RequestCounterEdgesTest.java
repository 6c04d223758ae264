package io.flotilla.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What containers do at the edges, each in its own way. */
class RequestCounterEdgesTest {
    private final FakeRequests requests = new FakeRequests();
    private final List<AsyncListener> listeners = new ArrayList<>();
    private final RequestCounter counter = new RequestCounter(requests);

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private AsyncContext context() {
        return fake(AsyncContext.class, (proxy, method, args) -> {
            if (method.getName().equals("addListener")) {
                listeners.add((AsyncListener) args[0]);
            }
            return null;
        });
    }

    private ServletRequest request(AsyncContext context) {
        return fake(
                ServletRequest.class,
                (proxy, method, args) -> method.getName().equals("isAsyncStarted") ? (Object) true : context);
    }

    @Test
    void aRequestThatIsReportedCompleteTwiceLeavesOnce() throws Exception {
        AsyncContext context = context();
        counter.doFilter(
                request(context), fake(jakarta.servlet.ServletResponse.class, (p, m, a) -> null), (q, r) -> {});
        assertThat(requests.inFlight()).isEqualTo(1);

        AsyncEvent event = new AsyncEvent(context);
        AsyncListener listener = listeners.get(0);
        listener.onStartAsync(event);
        assertThat(listeners).as("listens to the next round too").hasSize(2);
        listener.onTimeout(event);
        listener.onError(event);
        assertThat(requests.inFlight()).isEqualTo(1);
        listener.onComplete(event);
        listener.onComplete(event);
        assertThat(requests.inFlight()).isZero();
    }

    @Test
    void aRequestThatCompletesOnAnotherThreadInThisMomentLeaves() throws Exception {
        ServletRequest request = fake(ServletRequest.class, (proxy, method, args) -> {
            if (method.getName().equals("isAsyncStarted")) {
                return true;
            }
            throw new IllegalStateException("complete");
        });
        counter.doFilter(request, fake(jakarta.servlet.ServletResponse.class, (p, m, a) -> null), (q, r) -> {});
        assertThat(requests.entered).hasValue(1);
        assertThat(requests.inFlight()).isZero();
    }
}
