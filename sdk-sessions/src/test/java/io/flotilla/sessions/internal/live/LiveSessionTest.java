package io.flotilla.sessions.internal.live;

import static io.flotilla.sessions.internal.wire.Messages.changeTimeout;
import static io.flotilla.sessions.internal.wire.Messages.newSession;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.sessions.internal.store.Snapshot;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.testkit.TestTime;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveSessionTest {
    private final InMemorySessionStore owner = new InMemorySessionStore(new TestTime().clock());
    private final long ahead = TestTime.START.toEpochMilli() + 5000; // by this node's clock
    private final LiveSession live = LiveSession.fresh("key", ahead, 1800);

    /** An owner that says "not modified" does not say the time of creation again. */
    @Test
    void theOwnersTimeOfCreationIsEveryNodes() {
        assertThat(live.created()).isEqualTo(ahead);
        boolean unused = live.applied(List.of(), 1800, owner.commit("key", newSession(1, 1, "s")));

        assertThat(live.created()).isEqualTo(TestTime.START.toEpochMilli());
    }

    /** An owner that says "not modified" does not say the timeout again. */
    @Test
    void aTimeoutThatTheOwnerDoesNotKnowIsNotRemembered() {
        CommitReply created = owner.commit("key", newSession(1, 1, "s"));
        live.applied(List.of(), 1800, created);
        assertThat(live.snapshot())
                .extracting(Snapshot::version, Snapshot::created, Snapshot::maxInactiveSeconds)
                .containsExactly(created.version(), TestTime.START.toEpochMilli(), 1800);

        live.setMaxInactiveSeconds(60);
        assertThat(live.snapshot()).isNull();

        CommitReply changed = owner.commit("key", changeTimeout(1, 2, created.version(), 60));
        live.applied(List.of(), 60, changed);
        assertThat(live.snapshot())
                .extracting(Snapshot::version, Snapshot::maxInactiveSeconds)
                .containsExactly(changed.version(), 60);
    }
}
