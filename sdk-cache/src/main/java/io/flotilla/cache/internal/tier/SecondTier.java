package io.flotilla.cache.internal.tier;

import static java.util.Objects.requireNonNull;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.cache.internal.protocol.Answer;
import io.flotilla.cache.internal.protocol.Ask;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.protocol.Content;
import io.flotilla.cache.internal.protocol.LeaseId;
import io.flotilla.cache.internal.protocol.Written;
import io.flotilla.cache.internal.wire.AddProcessor;
import io.flotilla.cache.internal.wire.AnswerReply;
import io.flotilla.cache.internal.wire.AskProcessor;
import io.flotilla.cache.internal.wire.ChangeProcessor;
import io.flotilla.cache.internal.wire.FillProcessor;
import io.flotilla.cache.internal.wire.GiveUpProcessor;
import io.flotilla.cache.internal.wire.InvalidateProcessor;
import io.flotilla.cache.internal.wire.LookProcessor;
import io.flotilla.cache.internal.wire.PutProcessor;
import io.flotilla.cache.internal.wire.RowRecord;
import io.flotilla.cache.internal.wire.WrittenReply;
import io.flotilla.spi.Calls;
import io.flotilla.spi.Deadline;
import io.flotilla.spi.ModuleContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The messages of the protocol to the owners of one cache's keys, as bytes. Thread-safe; every method blocks but {@link #giveUp}. */
final class SecondTier {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final String cache;
    private final IMap<String, RowRecord> map;
    private final Calls calls;
    private final PartitionService partitions;
    private final LongSupplier ticker;
    private final SecureRandom random = new SecureRandom();

    SecondTier(String cache, String mapName, ModuleContext context) {
        HazelcastInstance member = context.hazelcast();
        this.cache = cache;
        this.map = member.getMap(mapName);
        this.calls = context.calls();
        this.partitions = member.getPartitionService();
        this.ticker = context.ticker();
    }

    IMap<String, RowRecord> map() {
        return map;
    }

    int partition(String key) {
        return partitions.getPartition(key).getPartitionId();
    }

    Answer<byte[]> look(String key) {
        return calls.onKey(map, key, new LookProcessor(cache)).answer();
    }

    Answer<byte[]> ask(String key, Ask ask) {
        return calls.onKey(map, key, new AskProcessor(cache, ask)).answer();
    }

    Map<String, AnswerReply> lookAll(Set<String> keys) {
        return calls.onKeys(map, keys, new LookProcessor(cache));
    }

    Map<String, AnswerReply> askAll(Set<String> keys, Ask ask) {
        return calls.onKeys(map, keys, new AskProcessor(cache, ask));
    }

    /** What is to be stored by a lease. */
    record Filling(LeaseId lease, Content<byte[]> content) {}

    Map<String, WrittenReply> fillAll(Map<String, Filling> fillings) {
        Map<String, FillProcessor> processors = new HashMap<>();
        fillings.forEach((key, each) -> processors.put(key, new FillProcessor(cache, each.lease(), each.content())));
        return calls.onEach(map, processors);
    }

    Written fill(String key, LeaseId lease, Content<byte[]> content) {
        return calls.onKey(map, key, new FillProcessor(cache, lease, content)).written();
    }

    void giveUp(String key, LeaseId lease, long postponedFor) {
        var unused = calls.send(map, key, new GiveUpProcessor(cache, lease, postponedFor));
    }

    Written invalidate(String key) {
        return calls.onKey(map, key, new InvalidateProcessor(cache)).written();
    }

    Map<String, WrittenReply> invalidateAll(Set<String> keys) {
        Map<String, InvalidateProcessor> processors = new HashMap<>();
        keys.forEach(key -> processors.put(key, new InvalidateProcessor(cache)));
        return calls.onEach(map, processors);
    }

    /** Has each change made by the owner of its key, all at the same time; an owner that has just changed is asked again. */
    Map<String, WrittenReply> putAll(Map<String, Content<byte[]>> contents) {
        Map<String, Function<UUID, ChangeProcessor>> changes = new HashMap<>();
        Map<String, ChangeProcessor> processors = new HashMap<>();
        contents.forEach((key, content) -> {
            long operation = random.nextLong();
            changes.put(key, owner -> new PutProcessor(cache, owner, operation, content, Condition.NONE));
            processors.put(key, requireNonNull(changes.get(key)).apply(ownerOrNobody(key)));
        });
        Map<String, WrittenReply> replies = madeAll(processors);
        replies.replaceAll((key, reply) -> reply.outcome() == WrittenReply.Outcome.ELSEWHERE
                ? byOwner(key, requireNonNull(changes.get(key)))
                : reply);
        return replies;
    }

    private UUID ownerOrNobody(String key) {
        Member owner = partitions.getPartition(key).getOwner();
        return owner == null ? new UUID(0, 0) : owner.getUuid();
    }

    private Map<String, WrittenReply> madeAll(Map<String, ChangeProcessor> changes) {
        try {
            return calls.onEach(map, changes);
        } finally {
            changes.values().forEach(ChangeProcessor::giveUp);
        }
    }

    Written put(String key, Content<byte[]> content, Condition condition) {
        long operation = random.nextLong();
        return byOwner(key, owner -> new PutProcessor(cache, owner, operation, content, condition))
                .written();
    }

    WrittenReply add(String key, long amount, Content<byte[]> begin, long voidVersion) {
        long operation = random.nextLong();
        return byOwner(key, owner -> new AddProcessor(cache, owner, operation, amount, begin, voidVersion));
    }

    /** Has a change made by a certain owner, and by the next one only if that was not the owner any more. */
    private WrittenReply byOwner(String key, Function<UUID, ChangeProcessor> change) {
        Deadline deadline = Deadline.in(calls.timeout(), ticker);
        while (true) {
            Member owner = partitions.getPartition(key).getOwner();
            if (owner != null) {
                WrittenReply reply = made(key, change.apply(owner.getUuid()));
                if (reply.outcome() != WrittenReply.Outcome.ELSEWHERE) {
                    return reply;
                }
            }
            if (deadline.passed()) {
                throw new ClusterUnavailableException(
                        "a key of cache '" + cache + "' has had no settled owner for "
                                + calls.timeout().toMillis() + " ms; trying again may help",
                        null);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private WrittenReply made(String key, ChangeProcessor change) {
        try {
            return calls.onKey(map, key, change);
        } finally {
            change.giveUp(); // an attempt before the one that was answered may still be tried again
        }
    }
}
