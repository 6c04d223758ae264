package io.flotilla.sessions.internal.store;

import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static io.flotilla.sessions.internal.wire.Messages.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.InMemorySessionStore.Verb;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.Version;
import io.flotilla.testkit.TestTime;
import org.junit.jupiter.api.Test;

/** The contract over the protocol alone. */
final class InMemorySessionStoreTest extends SessionStoreContract {
    private final TestTime time = new TestTime();
    private final InMemorySessionStore store = new InMemorySessionStore(time.clock());

    @Override
    SessionStore store() {
        return store;
    }

    @Override
    TestTime time() {
        return time;
    }

    @Test
    void countsAndLosesAnswers() {
        store.loseAnswers(Verb.COMMIT, 1);

        assertThatThrownBy(() -> store.commit("key", newSession(1, 1, "s")))
                .isInstanceOf(ClusterUnavailableException.class);
        assertThat(store.commit("key", newSession(1, 1, "s")).status()).isEqualTo(CommitReply.Status.REPEATED);
        assertThat(store.open("key", secret("s"), Version.NONE).found()).isTrue();
        assertThat(store.calls(Verb.COMMIT)).isEqualTo(2);
        assertThat(store.calls()).isEqualTo(3);
        assertThat(store.commits()).hasSize(2);
        assertThat(store.size()).isEqualTo(1);
    }
}
