package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.flotilla.ClusterDataException;
import io.flotilla.ClusterException;
import io.flotilla.ClusterStartException;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.Discovery;
import io.flotilla.SplitPolicy;
import io.flotilla.internal.discovery.Search;
import io.flotilla.internal.security.SecurityConfig;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

final class FailuresTest {
    private static final ClusterConfig CONFIG = config(Discovery.members("127.0.0.1:5701", "127.0.0.1:1"));

    private static ClusterConfig config(Discovery discovery) {
        return new ClusterConfig(
                "shop",
                "web-1",
                "127.0.0.1",
                5701,
                new Search(discovery),
                SecurityConfig.NONE,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                1,
                SplitPolicy.KEEP_MAJORITY);
    }

    @Test
    void onlyWhatMayHaveAnotherOutcomeIsSentAgain() {
        assertThat(Failures.isTransient(new ExecutionException(new IndeterminateOperationStateException("?"))))
                .isTrue();
        assertThat(Failures.isTransient(new CompletionException(new MemberLeftException())))
                .isTrue();
        assertThat(Failures.isTransient(new TargetNotMemberException("gone"))).isTrue();
        assertThat(Failures.isTransient(new HazelcastInstanceNotActiveException()))
                .isFalse();
        assertThat(Failures.isTransient(new OperationTimeoutException("late"))).isFalse();
        assertThat(Failures.isTransient(new HazelcastSerializationException("broken")))
                .isFalse();
        assertThat(Failures.isTransient(new IllegalStateException("bug"))).isFalse();
    }

    @Test
    void unreadableDataIsADataException() {
        HazelcastSerializationException cause = new HazelcastSerializationException("no such class");

        ClusterException translated = Failures.ofCall(new ExecutionException(cause), "shop");

        assertThat(translated)
                .isInstanceOf(ClusterDataException.class)
                .hasCause(cause)
                .hasMessage("a member of cluster 'shop' cannot read what another one, or this one, has written; if they"
                        + " run different releases of Flotilla, let all run the same one: no such class");
        assertThat(Failures.ofCall(new IllegalStateException("outer", cause), "shop"))
                .isInstanceOf(ClusterDataException.class);
    }

    @Test
    void everythingElseIsUnavailableWithItsCause() {
        Exception stopped = new HazelcastInstanceNotActiveException();
        assertThat(Failures.ofCall(stopped, "shop"))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessage("this member of cluster 'shop' is shutting down")
                .hasCause(stopped);
        for (Exception each : new Exception[] {
            new SplitBrainProtectionException("minority"), new OperationTimeoutException("late"), new RuntimeException()
        }) {
            assertThat(Failures.ofCall(new CompletionException(each), "shop"))
                    .isInstanceOf(ClusterUnavailableException.class)
                    .hasMessage("cluster 'shop' could not answer")
                    .hasCause(each);
        }
    }

    @Test
    void ourOwnExceptionsPassAsTheyAre() {
        ClusterDataException own = new ClusterDataException("unreadable", null);
        assertThat(Failures.ofCall(new ExecutionException(own), "shop")).isSameAs(own);

        ClusterStartException start = new ClusterStartException("broken", null);
        assertThat(Failures.ofStart(start, CONFIG)).isSameAs(start);
    }

    @Test
    void interruptionSetsTheFlagAgain() {
        InterruptedException cause = new InterruptedException();

        ClusterUnavailableException translated = Failures.interrupted("shop", cause);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(translated)
                .hasMessage("interrupted while waiting for an answer of cluster 'shop'")
                .hasCause(cause);
    }

    @Test
    void timeoutNamesTheTime() {
        assertThat(Failures.timedOut("shop", 10_000))
                .hasMessage("cluster 'shop' did not answer within 10000 ms; trying again may help");
    }

    @Test
    void aTakenPortNamesThePort() {
        String message = "cluster 'shop' could not start: cannot listen on 127.0.0.1:5701; is the port in use, or the"
                + " address not of this host?";
        assertThat(Failures.ofStart(new IllegalStateException(new BindException("in use")), CONFIG))
                .hasMessage(message);
        assertThat(Failures.ofStart(new IllegalStateException("Port [5701] is already in use"), CONFIG))
                .hasMessage(message);
        assertThat(Failures.ofStart(new IllegalStateException("No matching network interface found."), CONFIG))
                .hasMessage(message);
    }

    @Test
    void aRefusedJoinNamesWhereItLooked() {
        assertThat(Failures.ofStart(new IllegalStateException("Node failed to start!"), CONFIG))
                .hasMessage("cluster 'shop' could not start: the join was refused or timed out; looked for members at"
                        + " 127.0.0.1:1 (refused)");
    }

    @Test
    void aBrokenDiscoveryIsNamedAndDoesNotHideTheFailure() {
        Discovery broken = new Discovery() {
            @Override
            public java.util.List<String> addresses() {
                throw new IllegalStateException("no DNS server");
            }

            @Override
            public String toString() {
                return "dns";
            }
        };
        IllegalStateException failure = new IllegalStateException("Node failed to start!");

        assertThat(Failures.ofStart(failure, config(broken)))
                .hasCause(failure)
                .hasMessageContaining("looked for members at dns, which failed with"
                        + " java.lang.IllegalStateException: no DNS server");
    }

    @Test
    void anythingElseKeepsItsMessage() {
        IllegalStateException failure = new IllegalStateException("module broken");
        assertThat(Failures.ofStart(failure, CONFIG))
                .hasMessage("cluster 'shop' could not start: module broken")
                .hasCause(failure);
    }
}
