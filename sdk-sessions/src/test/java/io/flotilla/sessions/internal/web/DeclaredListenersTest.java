package io.flotilla.sessions.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.lang.reflect.Proxy;
import java.util.EventListener;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real containers are tested under {@code samples/containers}. */
@ExtendWith(CleanSlate.class)
class DeclaredListenersTest {

    @Test
    @ExpectLog("the session listeners that the web application at '/shop' declares cannot be found in this container, "
            + "and are not called: it is an unknown one; name them with SessionsBuilder.listener")
    void anUnknownContainerHasNone() {
        assertThat(DeclaredListeners.of(context(Map.of()))).isEmpty();
    }

    @Test
    @ExpectLog("are not called: java.lang.NoSuchMethodException: .*getContext")
    void aContainerThatHasChangedHasNone() {
        ServletContext changed = context(Map.of("org.apache.catalina.resources", "not what it was"));
        assertThat(DeclaredListeners.of(changed)).isEmpty();
    }

    @Test
    void onlySessionListenersAreTaken() {
        EventListener listener = new Both();
        ServletContext tomcat = context(Map.of(
                "org.apache.catalina.resources",
                new Resources(new Object[] {"other", listener}, new Object[] {listener})));
        assertThat(DeclaredListeners.of(tomcat)).containsExactly(listener);
    }

    @Test
    void twoListsInOneOrderAreMergedInThatOrder() {
        Object a = new Object();
        Object b = new Object();
        Object c = new Object();
        Object d = new Object();
        assertThat(TomcatListeners.merged(new Object[] {b, d}, new Object[] {a, b, c, d}))
                .containsExactly(a, b, c, d);
        assertThat(TomcatListeners.merged(new Object[] {a, c}, new Object[] {b, c, d}))
                .containsExactly(a, b, c, d);
        assertThat(TomcatListeners.merged(new Object[] {}, new Object[] {a})).containsExactly(a);
        assertThat(TomcatListeners.merged(new Object[] {a, b}, new Object[] {})).containsExactly(a, b);
    }

    private static ServletContext context(Map<String, Object> attributes) {
        return (ServletContext) Proxy.newProxyInstance(
                DeclaredListenersTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getContextPath" -> "/shop";
                    case "getAttribute" -> attributes.get((String) args[0]);
                    default -> null;
                });
    }

    private static final class Both implements HttpSessionListener, HttpSessionIdListener {
        @Override
        public void sessionIdChanged(HttpSessionEvent event, String oldId) {}
    }

    /** As Tomcat's, as far as it is used. */
    public record Resources(Object[] lifecycle, Object[] events) {
        public Resources getContext() {
            return this;
        }

        public Object[] getApplicationLifecycleListeners() {
            return lifecycle;
        }

        public Object[] getApplicationEventListeners() {
            return events;
        }
    }
}
