package io.flotilla.sessions.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ValueCodec;
import io.flotilla.sessions.Sessions;
import io.flotilla.sessions.SessionsBuilder;
import io.flotilla.sessions.UnreadablePolicy;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.EventListener;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SessionsConfigTest {

    private static void refused(Consumer<SessionsBuilder> settings, String message) {
        assertThatThrownBy(() -> Sessions.module(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static void setTwice(Consumer<SessionsBuilder> settings, String message) {
        assertThatThrownBy(() -> Sessions.module(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    @Test
    void defaults() {
        assertThat(Sessions.module())
                .hasToString(
                        "SessionsConfig[timeout=null, backups=1, localCopies="
                                + Runtime.getRuntime().maxMemory() / 8 + ", sweepInterval=PT10S,"
                                + " limits=SizeLimits[attribute=1048576, session=4194304],"
                                + " nonSerializable=REFUSE, merger=null, listeners=[],"
                                + " attributes=CodecSettings[module=sessions, codec=Java serialization, alsoReads=[],"
                                + " allowClasses=[]], onUnreadable=LEAVE_OUT,"
                                + " lifetime=null, principal=none, sessionsPerPrincipal=null, exclusive=none, turnTimeout=null, header=null]");
    }

    @Test
    void bounds() {
        assertThatCode(() -> Sessions.module(s -> s.timeout(Duration.ofSeconds(1))
                        .backups(0)
                        .localCopies(0)
                        .sweepInterval(Duration.ofSeconds(1))))
                .doesNotThrowAnyException();
        assertThatCode(() -> Sessions.module(s -> s.timeout(Duration.ofDays(3650))
                        .backups(6)
                        .localCopies(1L << 40)
                        .sweepInterval(Duration.ofHours(1))))
                .doesNotThrowAnyException();
    }

    @Test
    void timeout() {
        refused(
                s -> s.timeout(Duration.ofMillis(999)),
                "sessions.timeout must be between PT1S and PT87600H, was PT0.999S");
        refused(
                s -> s.timeout(Duration.ofDays(3650).plusSeconds(1)),
                "sessions.timeout must be between PT1S and PT87600H, was PT87600H1S");
        refused(s -> s.timeout(Duration.ofMillis(1500)), "sessions.timeout must be whole seconds, was PT1.5S");
    }

    @Test
    void backups() {
        refused(s -> s.backups(-1), "sessions.backups must be between 0 and 6, was -1");
        refused(s -> s.backups(7), "sessions.backups must be between 0 and 6, was 7");
    }

    @Test
    void localCopies() {
        refused(s -> s.localCopies(-1), "sessions.localCopies must be between 0 and 1 TiB in bytes, was -1");
        refused(
                s -> s.localCopies((1L << 40) + 1),
                "sessions.localCopies must be between 0 and 1 TiB in bytes, was 1099511627777");
    }

    @Test
    void sweepInterval() {
        refused(
                s -> s.sweepInterval(Duration.ofMillis(999)),
                "sessions.sweepInterval must be between PT1S and PT1H, was PT0.999S");
        refused(
                s -> s.sweepInterval(Duration.ofMinutes(61)),
                "sessions.sweepInterval must be between PT1S and PT1H, was PT1H1M");
    }

    private record Codec(int format) implements ValueCodec {
        @Override
        public Coder forApplication(ApplicationClasses classes) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void codecs() {
        assertThatCode(() -> Sessions.module(s -> s.codec(new Codec(64)).alsoReads(new Codec(127), new Codec(65))))
                .doesNotThrowAnyException();
        refused(
                s -> s.codec(new Codec(128)),
                "sessions.codec must have a format between 64 and 127, was Codec[format=128] with format 128");
        refused(
                s -> s.codec(new Codec(1)),
                "sessions.codec must have a format between 64 and 127, was Codec[format=1] with format 1");
        refused(
                s -> s.alsoReads(new Codec(2)),
                "sessions.alsoReads must have a format between 64 and 127, was Codec[format=2] with format 2");
        refused(
                s -> s.codec(new Codec(64)).alsoReads(new Codec(64)),
                "sessions.alsoReads must name one codec for each format, was Codec[format=64] with format 64 again");
    }

    @Test
    void allowClasses() {
        refused(
                s -> s.allowClasses("com.shop.*", "!*"),
                "sessions.allowClasses must name classes (com.shop.Cart), packages (com.shop.*) or packages with all below"
                        + " them (com.shop.**), was !*");
    }

    @Test
    void sizes() {
        refused(
                s -> s.maxAttributeSize(1023),
                "sessions.maxAttributeSize must be between 1 KiB and 1 GiB in bytes, was 1023");
        refused(
                s -> s.maxAttributeSize((1L << 30) + 1),
                "sessions.maxAttributeSize must be between 1 KiB and 1 GiB in bytes, was 1073741825");
        refused(
                s -> s.maxAttributeSize(5000).maxSessionSize(4999),
                "sessions.maxSessionSize must be between sessions.maxAttributeSize and 1 GiB in bytes, was 4999");
        assertThatCode(() -> Sessions.module(s -> s.maxAttributeSize(1L << 30))).doesNotThrowAnyException();
        assertThatCode(() -> Sessions.module(s -> s.maxAttributeSize(1024).maxSessionSize(1024)))
                .doesNotThrowAnyException();
    }

    @Test
    void listener() {
        refused(
                s -> s.listener(new EventListener() {
                    @Override
                    public String toString() {
                        return "?";
                    }
                }),
                "sessions.listener must be an HttpSessionListener, HttpSessionAttributeListener or HttpSessionIdListener,"
                        + " was of io.flotilla.sessions.internal.SessionsConfigTest$1");
        assertThatCode(() -> Sessions.module(s -> s.listener(new HttpSessionListener() {})))
                .doesNotThrowAnyException();
    }

    @Test
    void lifetime() {
        refused(
                s -> s.lifetime(Duration.ofMillis(999)),
                "sessions.lifetime must be between PT1S and PT87600H, was PT0.999S");
        refused(s -> s.lifetime(Duration.ofMillis(1500)), "sessions.lifetime must be whole seconds, was PT1.5S");
    }

    @Test
    void sessionsPerPrincipal() {
        refused(
                s -> s.principal("user").sessionsPerPrincipal(0),
                "sessions.sessionsPerPrincipal must be between 1 and 1000000, was 0");
        refused(
                s -> s.principal("user").sessionsPerPrincipal(1_000_001),
                "sessions.sessionsPerPrincipal must be between 1 and 1000000, was 1000001");
        refused(
                s -> s.sessionsPerPrincipal(3),
                "sessions.sessionsPerPrincipal must be set together with sessions.principal, was 3 without it");
        assertThatCode(() -> Sessions.module(s -> s.sessionsPerPrincipal(3).principal("user")))
                .doesNotThrowAnyException();
    }

    @Test
    void turnTimeout() {
        refused(
                s -> s.exclusive().turnTimeout(Duration.ofMillis(-1)),
                "sessions.turnTimeout must be between PT0S and PT10M, was PT-0.001S");
        refused(
                s -> s.exclusive().turnTimeout(Duration.ofMinutes(10).plusMillis(1)),
                "sessions.turnTimeout must be between PT0S and PT10M, was PT10M0.001S");
        refused(
                s -> s.turnTimeout(Duration.ofSeconds(5)),
                "sessions.turnTimeout must be set together with sessions.exclusive, was PT5S without it");
        assertThatCode(() -> Sessions.module(s -> s.turnTimeout(Duration.ZERO).exclusive(request -> true)))
                .doesNotThrowAnyException();
        assertThat(Sessions.module(s -> s.exclusive().turnTimeout(Duration.ofMinutes(10))))
                .asString()
                .endsWith("exclusive=all requests, turnTimeout=PT10M, header=null]");
    }

    @Test
    void header() {
        refused(
                s -> s.header("X Token"),
                "sessions.header must be a header's name of letters, digits and !#$%&'*+-.^_`|~, was X Token");
        refused(
                s -> s.header(""),
                "sessions.header must be a header's name of letters, digits and !#$%&'*+-.^_`|~, was ");
        refused(
                s -> s.header("X:\r\nSet-Cookie"),
                "sessions.header must be a header's name of letters, digits and !#$%&'*+-.^_`|~, was X:\r\nSet-Cookie");
        assertThatCode(() -> Sessions.module(s -> s.header("X-Auth-Token!#$%&'*+.^_`|~")))
                .doesNotThrowAnyException();
    }

    @Test
    void settingTwice() {
        setTwice(s -> s.header("a").header("b"), "sessions.header is set twice: first to a, then to b");
        setTwice(
                s -> s.exclusive(request -> true).exclusive(),
                "sessions.exclusive is set twice: first to some requests, then to all requests");
        setTwice(
                s -> s.turnTimeout(Duration.ofSeconds(1)).turnTimeout(Duration.ofSeconds(2)),
                "sessions.turnTimeout is set twice: first to PT1S, then to PT2S");
        setTwice(
                s -> s.lifetime(Duration.ofHours(1)).lifetime(Duration.ofHours(2)),
                "sessions.lifetime is set twice: first to PT1H, then to PT2H");
        setTwice(
                s -> s.sessionsPerPrincipal(1).sessionsPerPrincipal(2),
                "sessions.sessionsPerPrincipal is set twice: first to 1, then to 2");
        setTwice(
                s -> s.principal("user").principal("name"),
                "sessions.principal is set twice: first to attribute 'user', then to attribute 'name'");
        setTwice(
                s -> s.maxAttributeSize(5000).maxAttributeSize(5001),
                "sessions.maxAttributeSize is set twice: first to 5000, then to 5001");
        setTwice(
                s -> s.maxSessionSize(5000).maxSessionSize(5001),
                "sessions.maxSessionSize is set twice: first to 5000, then to 5001");
        setTwice(s -> s.backups(1).backups(2), "sessions.backups is set twice: first to 1, then to 2");
        setTwice(
                s -> s.timeout(Duration.ofSeconds(1)).timeout(Duration.ofSeconds(2)),
                "sessions.timeout is set twice: first to PT1S, then to PT2S");
        setTwice(s -> s.localCopies(1).localCopies(2), "sessions.localCopies is set twice: first to 1, then to 2");
        setTwice(
                s -> s.sweepInterval(Duration.ofSeconds(1)).sweepInterval(Duration.ofSeconds(2)),
                "sessions.sweepInterval is set twice: first to PT1S, then to PT2S");
        setTwice(
                s -> s.codec(new Codec(64)).codec(new Codec(65)),
                "sessions.codec is set twice: first to Codec[format=64], then to Codec[format=65]");
        setTwice(
                s -> s.alsoReads(new Codec(64)).alsoReads(new Codec(65)),
                "sessions.alsoReads is set twice: first to [Codec[format=64]], then to [Codec[format=65]]");
        setTwice(
                s -> s.allowClasses("a.*").allowClasses("b.*"),
                "sessions.allowClasses is set twice: first to [a.*], then to [b.*]");
        setTwice(
                s -> s.onUnreadable(UnreadablePolicy.fail()).onUnreadable(UnreadablePolicy.leaveOut()),
                "sessions.onUnreadable is set twice: first to FAIL, then to LEAVE_OUT");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void nulls() {
        assertThatThrownBy(() -> Sessions.module(s -> s.lifetime(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("lifetime");
        assertThatThrownBy(() -> Sessions.module(s -> s.principal(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("attribute");
        assertThatThrownBy(() -> Sessions.module(s -> s.principal("user", null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
        assertThatThrownBy(() -> Sessions.module(s -> s.timeout(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("timeout");
        assertThatThrownBy(() -> Sessions.module(s -> s.exclusive(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("requests");
        assertThatThrownBy(() -> Sessions.module(s -> s.turnTimeout(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("timeout");
        assertThatThrownBy(() -> Sessions.module(s -> s.sweepInterval(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("interval");
        assertThatThrownBy(() -> Sessions.module(s -> s.header(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("name");
        assertThatThrownBy(() -> Sessions.module(s -> s.codec(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("codec");
        assertThatThrownBy(() -> Sessions.module(s -> s.onUnreadable(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("policy");
    }
}
