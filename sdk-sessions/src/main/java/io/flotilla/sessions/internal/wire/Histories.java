package io.flotilla.sessions.internal.wire;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Since when each partition has lost nothing: one mark a partition, kept in the partition itself with as many copies as
 * its sessions have. So the mark is lost when the sessions are, moves where they move, and a partition without one has
 * just lost them. Its owner finds that out at the moment it answers, on any member, whenever that joined.
 */
public final class Histories {
    /** The map of the marks. */
    public static final String MAP = "sessions.histories";

    /** The mark of a partition that has lost nothing since the cluster started. */
    private static final long COMPLETE = 0;
    /**
     * How long what is absent may still be somewhere: members that are cut off are back and merged some 10 to 20 s after
     * the cut heals. After that an absent session is taken for lost.
     */
    static final Duration GRACE = Duration.ofSeconds(60);

    private final IMap<String, Long> marks;
    private final PartitionKeys keys;

    public Histories(HazelcastInstance member) {
        this.marks = member.getMap(MAP);
        this.keys = new PartitionKeys(member.getPartitionService());
    }

    /** The oldest member's part when it starts, before it serves: nothing is lost yet. */
    public static void begin(HazelcastInstance member) {
        Member oldest = member.getCluster().getMembers().iterator().next();
        Histories histories = new Histories(member);
        if (oldest.localMember()) {
            Map<String, Long> all = new HashMap<>();
            histories.keys.all().forEach(each -> all.put(each, COMPLETE));
            histories.marks.setAll(all);
        }
    }

    /**
     * Whether a session that is absent may be lost, or on the other side of a cut. Called on the thread of the key's
     * partition, of which this member is the owner: the mark is read there and then.
     */
    boolean mayHaveLost(String key, long now) {
        String mark = keys.of(keys.partitionOf(key));
        Long since = marks.get(mark);
        if (since == null) {
            var unused = marks.setAsync(mark, now); // must not wait for the backup here
            return true;
        }
        return since != COMPLETE && now - since < GRACE.toMillis();
    }
}
