package io.flotilla.samples.containers.tomcat10;

import io.flotilla.samples.containers.AsyncSuite;
import io.flotilla.samples.containers.CommitSuite;
import io.flotilla.samples.containers.CookieSuite;
import io.flotilla.samples.containers.DispatchSuite;
import io.flotilla.samples.containers.HeaderSuite;
import io.flotilla.samples.containers.HostCookieSuite;
import io.flotilla.samples.containers.ListenerSuite;
import io.flotilla.samples.containers.OtherContextSuite;
import io.flotilla.samples.containers.RefusedSuite;
import io.flotilla.samples.containers.SessionSuite;
import io.flotilla.samples.containers.SocketSuite;
import io.flotilla.samples.containers.UrlOnlySuite;
import io.flotilla.samples.containers.UrlSuite;
import org.junit.jupiter.api.Nested;

/** The suite on this container. */
final class Tomcat10Test {

    @Nested
    final class Sessions extends SessionSuite {
        Sessions() {
            super(new Tomcat10());
        }
    }

    @Nested
    final class Commits extends CommitSuite {
        Commits() {
            super(new Tomcat10());
        }
    }

    @Nested
    final class Dispatches extends DispatchSuite {
        Dispatches() {
            super(new Tomcat10());
        }
    }

    @Nested
    final class Async extends AsyncSuite {
        Async() {
            super(new Tomcat10());
        }
    }

    @Nested
    final class Listeners extends ListenerSuite {
        Listeners() {
            super(new Tomcat10());
        }
    }

    @Nested
    final class Urls extends UrlSuite {
        Urls() {
            super(new Tomcat10());
        }
    }

    @Nested
    final class UrlsOnly extends UrlOnlySuite {
        UrlsOnly() {
            super(new Tomcat10());
        }
    }

    @Nested
    final class Cookies extends CookieSuite {
        Cookies() {
            super(new Tomcat10());
        }
    }

    @Nested
    final class Headers extends HeaderSuite {
        Headers() {
            super(new Tomcat10());
        }
    }

    @Nested
    final class Refusals extends RefusedSuite {
        Refusals() {
            super(new Tomcat10());
        }
    }

    @Nested
    final class Sockets extends SocketSuite {
        Sockets() {
            super(new Tomcat10());
        }
    }

    @Nested
    final class HostCookies extends HostCookieSuite {
        HostCookies() {
            super(new Tomcat10(application -> {
                application.setSessionCookieName("HOST");
                application.setSessionCookieDomain("example.org");
                application.setSessionCookiePathUsesTrailingSlash(true);
            }));
        }
    }

    @Nested
    final class OtherContexts extends OtherContextSuite {
        OtherContexts() {
            super(new Tomcat10());
        }
    }
}
