package io.flotilla.internal.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.flotilla.internal.security.MutualProof.Role;
import io.flotilla.testkit.TestTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class RefusalsTest {
    private final TestTime time = new TestTime();
    private final Refusals refusals = new Refusals("shop", time.ticker());
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(MemberSecurity.class);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
    }

    @Test
    void oneLineAtOnceAndThenOneAMinute() {
        for (int i = 0; i < 1_000; i++) {
            refusals.record(Role.ACCEPTOR, "10.0.0.9", Refusal.SECRET);
        }
        time.advance(Duration.ofSeconds(59));
        refusals.record(Role.ACCEPTOR, "10.0.0.9", Refusal.TLS);
        time.advance(Duration.ofSeconds(1));
        refusals.record(Role.CONNECTOR, "10.0.0.1:5701", Refusal.BY_PEER);

        assertThat(messages())
                .containsExactly(
                        "cluster 'shop': refused a connection from 10.0.0.9: it does not know this cluster's secret, or"
                                + " is of a cluster of another name; 0 more since the last such line",
                        "cluster 'shop': no connection to 10.0.0.1:5701: it refused this member: their secrets differ,"
                                + " or the names of their clusters do; 1000 more since the last such line");
    }

    @Test
    void whoMerelyConnectsAndGoesIsNotWorthALine() {
        refusals.record(Role.ACCEPTOR, "10.0.0.9", Refusal.CLOSED);

        assertThat(messages()).isEmpty();
    }

    @Test
    void allAreCountedByReason() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        refusals.bind(meters, "refused");
        refusals.record(Role.ACCEPTOR, "10.0.0.9", Refusal.CLOSED);
        refusals.record(Role.ACCEPTOR, "10.0.0.9", Refusal.CROWDED_OUT);
        refusals.record(Role.ACCEPTOR, "10.0.0.9", Refusal.CROWDED_OUT);

        assertThat(meters.get("refused")
                        .tag("reason", "closed")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("refused")
                        .tag("reason", "crowded-out")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("refused")
                        .tag("reason", "secret")
                        .functionCounter()
                        .count())
                .isZero();
    }

    @Test
    void whatStoodInTheWayOfThisMembersOwnConnectionsIsRemembered() {
        refusals.record(Role.ACCEPTOR, "10.0.0.9", Refusal.SECRET);
        refusals.record(Role.CONNECTOR, "10.0.0.1:5701", Refusal.BY_PEER);
        refusals.record(Role.CONNECTOR, "10.0.0.2:5701", Refusal.TLS);
        refusals.succeeded("10.0.0.2:5701");

        assertThat(refusals.outbound()).isEqualTo(Map.of("10.0.0.1:5701", Refusal.BY_PEER.sentence()));
    }

    @Test
    void anAnswerIsRememberedAboveAConnectionThatWasJustClosed() {
        refusals.record(Role.CONNECTOR, "10.0.0.1:5701", Refusal.CLOSED);
        refusals.record(Role.CONNECTOR, "10.0.0.1:5701", Refusal.TIMEOUT);
        refusals.record(Role.CONNECTOR, "10.0.0.1:5701", Refusal.BY_PEER);
        refusals.record(Role.CONNECTOR, "10.0.0.1:5701", Refusal.CLOSED);

        assertThat(refusals.outbound()).isEqualTo(Map.of("10.0.0.1:5701", Refusal.BY_PEER.sentence()));
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
