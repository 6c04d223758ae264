package io.flotilla.sessions.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SameSiteTest {

    private static String of(Map<String, String> configured, Map<String, Object> attributes) {
        SessionCookieConfig config = (SessionCookieConfig) Proxy.newProxyInstance(
                SameSiteTest.class.getClassLoader(),
                new Class<?>[] {SessionCookieConfig.class},
                (proxy, method, args) -> configured.get((String) args[0]));
        return SameSite.of((ServletContext) Proxy.newProxyInstance(
                SameSiteTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, args) -> method.getName().equals("getAttribute") ? attributes.get(args[0]) : config));
    }

    @Test
    void itIsLaxIfNobodySaysOtherwise() {
        assertThat(of(Map.of(), Map.of())).isEqualTo("Lax");
        assertThat(of(Map.of(), Map.of("org.apache.catalina.resources", new Tomcat("Unset"))))
                .isEqualTo("Lax");
        assertThat(of(Map.of(), Map.of("org.apache.catalina.resources", "a changed one")))
                .isEqualTo("Lax");
    }

    @Test
    void aContainersDefaultHolds() {
        assertThat(of(Map.of(), Map.of("org.apache.catalina.resources", new Tomcat("Strict"))))
                .isEqualTo("Strict");
        assertThat(of(Map.of(), Map.of("org.eclipse.jetty.cookie.sameSiteDefault", "STRICT")))
                .isEqualTo("Strict");
    }

    @Test
    void theApplicationsOwnWordHoldsMore() {
        assertThat(of(Map.of("SameSite", "None"), Map.of("org.eclipse.jetty.cookie.sameSiteDefault", "STRICT")))
                .isEqualTo("None");
    }

    /** As Tomcat's, as far as it is used. */
    public record Tomcat(String sameSiteCookies) {
        public Tomcat getContext() {
            return this;
        }

        public Tomcat getCookieProcessor() {
            return this;
        }

        public String getSameSiteCookies() {
            return sameSiteCookies;
        }
    }
}
