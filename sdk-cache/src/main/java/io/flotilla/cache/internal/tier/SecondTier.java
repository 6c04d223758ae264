package io.flotilla.cache.internal.tier;

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

    Written fill(String key, LeaseId lease, Content<byte[]> content) {
        return calls.onKey(map, key, new FillProcessor(cache, lease, content)).written();
    }

    void giveUp(String key, LeaseId lease, long postponedFor) {
        var unused = calls.send(map, key, new GiveUpProcessor(cache, lease, postponedFor));
    }

    Written invalidate(String key) {
        return calls.onKey(map, key, new InvalidateProcessor(cache)).written();
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
