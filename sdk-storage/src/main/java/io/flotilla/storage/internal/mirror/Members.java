package io.flotilla.storage.internal.mirror;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.flotilla.spi.NodeName;
import io.flotilla.storage.internal.wire.MirrorAsk;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other members of the cluster, as nodes of the storage. Thread-safe. */
final class Members implements Neighbours, Answering.Meeting {
    /** The name of the executor on which members answer each other. */
    static final String EXECUTOR = "storage.mirror";

    private static final Logger log = LoggerFactory.getLogger(Members.class);

    /** As long as a disk may take to force a large file; a member that dies fails its calls at once. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HazelcastInstance member;
    private final LocalHolder local;
    private final IExecutorService executor;
    private final Map<UUID, String> nodes = new ConcurrentHashMap<>();

    Members(HazelcastInstance member, LocalHolder local) {
        this.member = member;
        this.local = local;
        this.executor = member.getExecutorService(EXECUTOR);
    }

    @Override
    public void meet(UUID other, String node) {
        nodes.put(other, node);
    }

    @Override
    public List<Holder> present() {
        List<Holder> present = new ArrayList<>();
        for (Member each : others()) {
            String node = nodes.get(each.getUuid());
            if (node != null) {
                present.add(new RemoteHolder(node, (kind, question) -> ask(each, kind, question)));
            }
        }
        return present;
    }

    private List<Member> others() {
        return member.getCluster().getMembers().stream()
                .filter(each -> !each.localMember())
                .toList();
    }

    /**
     * Introduces this node to members that do not know it yet.
     *
     * @throws IllegalStateException if one of them has the same directory
     */
    void meetAll() {
        List<Member> others = others();
        nodes.keySet().retainAll(others.stream().map(Member::getUuid).toList());
        for (Member each : others) {
            if (!nodes.containsKey(each.getUuid())) {
                meet(each);
            }
        }
    }

    private void meet(Member other) {
        try {
            DataInputStream answer = Question.read(ask(other, Question.HELLO, Question.bytes(out -> {
                out.writeUTF(member.getCluster().getLocalMember().getUuid().toString());
                out.writeUTF(local.id());
                out.write(local.directory().roster().write());
            })));
            String node = answer.readUTF();
            requireOther(node, other);
            Roster unused = local.exchange(Roster.read(answer.readAllBytes()));
            meet(other.getUuid(), node);
        } catch (IOException later) {
            log.debug("a member could not be asked which node of the storage it is", later);
        }
    }

    private void requireOther(String node, Member other) {
        if (node.equals(local.id())) {
            throw new IllegalStateException("storage.mirror must be a directory that no other node has, but node "
                    + NodeName.of(other) + " has it" + " too, or a copy of it; give this node an empty one");
        }
    }

    private byte[] ask(Member other, int kind, byte[] question) throws IOException {
        try {
            return executor.submitToMember(new MirrorAsk(kind, question), other)
                    .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException failure) {
            throw new IOException("another node of the storage did not answer", failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another node of the storage was asked", interrupt);
        }
    }
}
