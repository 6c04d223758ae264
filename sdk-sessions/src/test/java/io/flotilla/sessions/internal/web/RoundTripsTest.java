package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.flotilla.ClusterBuilder;
import io.flotilla.sessions.internal.store.ModuleProbe;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request costs: calls to the owner of its session, counted on a member that does not own it. */
final class RoundTripsTest implements ClusterTest.Setup {

    @Override
    public void configure(int i, ClusterBuilder member) {
        ModuleProbe.install(member);
    }

    /** A member that serves requests for sessions which the other member owns. */
    private static final class Front {
        private final ModuleProbe probe;
        private final ServingNode node;

        Front(TestCluster cluster, int i) {
            probe = ModuleProbe.of(cluster.member(i));
            node = new ServingNode(
                    probe.store(),
                    probe.context().calls().timeout(),
                    probe.context().clock(),
                    probe.context().ticker());
        }

        /** A new session whose record the other member owns. */
        ClusterSession foreign() {
            HazelcastInstance member = probe.context().hazelcast();
            ClusterSession session = node.fresh();
            while (member.getCluster()
                    .getLocalMember()
                    .equals(member.getPartitionService()
                            .getPartition(session.id().key())
                            .getOwner())) {
                session = node.fresh();
            }
            return session;
        }

        @Nullable
        ClusterSession open(SessionId id) {
            return node.find(id);
        }

        /** Calls since the last time. */
        int calls() {
            return probe.takeCalls();
        }
    }

    /** How often the record of any session was written, on both members. */
    private static long writes(TestCluster cluster) {
        return cluster.members().stream()
                .mapToLong(each ->
                        ModuleProbe.of(each).records().getLocalMapStats().getPutOperationCount())
                .sum();
    }

    private static SessionId stored(Front front) {
        ClusterSession session = front.foreign();
        session.setAttribute("cart", new ArrayList<>(List.of("tea")));
        session.setAttribute("user", "ann");
        session.commit();
        return session.id();
    }

    @ClusterTest(members = 2)
    void readingIsOneCallAndNoWrite(TestCluster cluster) {
        Front front = new Front(cluster, 0);
        SessionId id = stored(front);
        front.calls();
        long writes = writes(cluster);

        ClusterSession session = requireNonNull(front.open(id));
        assertThat(session.getAttribute("cart")).isEqualTo(List.of("tea"));
        assertThat(session.getAttribute("user")).isEqualTo("ann");
        assertThat(session.getAttribute("none")).isNull();
        session.commit();
        session.commit();

        assertThat(front.calls()).isEqualTo(1);
        assertThat(writes(cluster)).isEqualTo(writes);
    }

    @ClusterTest(members = 2)
    void newSessionIsOneCall(TestCluster cluster) {
        Front front = new Front(cluster, 0);
        stored(front);

        assertThat(front.calls()).isEqualTo(1);
        assertThat(writes(cluster)).isEqualTo(1);
    }

    @ClusterTest(members = 2)
    void createAndInvalidateInOneRequestIsNone(TestCluster cluster) {
        Front front = new Front(cluster, 0);
        ClusterSession session = front.foreign();
        session.setAttribute("user", "ann");
        session.invalidate();
        session.commit();

        assertThat(front.calls()).isZero();
        assertThat(ModuleProbe.of(cluster.member(0)).records().size()).isZero();
    }

    @ClusterTest(members = 2)
    void writingIsTwoCallsHoweverMuchIsWritten(TestCluster cluster) {
        Front front = new Front(cluster, 0);
        SessionId id = stored(front);
        front.calls();
        long writes = writes(cluster);

        ClusterSession session = requireNonNull(front.open(id));
        session.setAttribute("user", "bob");
        session.setAttribute("more", 1);
        session.removeAttribute("cart");
        session.setMaxInactiveInterval(60);
        session.changeId();
        session.commit();
        session.commit();

        assertThat(front.calls()).isEqualTo(2);
        assertThat(writes(cluster)).isEqualTo(writes + 1);
        ClusterSession after = requireNonNull(new Front(cluster, 1).open(session.id()));
        assertThat(after.getAttribute("user")).isEqualTo("bob");
        assertThat(after.getAttribute("cart")).isNull();
        assertThat(after.getMaxInactiveInterval()).isEqualTo(60);
    }

    @ClusterTest(members = 2)
    void changeInsideAnObjectIsTwoCalls(TestCluster cluster) {
        Front front = new Front(cluster, 0);
        SessionId id = stored(front);
        front.calls();

        ClusterSession session = requireNonNull(front.open(id));
        @SuppressWarnings("unchecked")
        List<String> cart = (List<String>) requireNonNull(session.getAttribute("cart"));
        cart.add("rum");
        session.commit();

        assertThat(front.calls()).isEqualTo(2);
        assertThat(requireNonNull(new Front(cluster, 1).open(id)).getAttribute("cart"))
                .isEqualTo(List.of("tea", "rum"));
    }

    @ClusterTest(members = 2)
    void endingIsTwoCalls(TestCluster cluster) {
        Front front = new Front(cluster, 0);
        SessionId id = stored(front);
        front.calls();

        requireNonNull(front.open(id)).invalidate();

        assertThat(front.calls()).isEqualTo(2);
        assertThat(front.open(id)).isNull();
    }
}
