package io.flotilla.cache.internal.tier;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.flotilla.ClusterBuilder;
import io.flotilla.cache.Caches;
import io.flotilla.cache.internal.protocol.Condition;
import io.flotilla.cache.internal.protocol.Content;
import io.flotilla.cache.internal.wire.Envelope;
import io.flotilla.cache.internal.wire.PutProcessor;
import io.flotilla.cache.internal.wire.RowRecord;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

final class ReclaimingTest implements ClusterTest.Setup {
    private static final int ROWS = 500; // more than one slice in some partitions, with 11 of them

    @Override
    public void configure(int i, ClusterBuilder member) {
        member.install(Caches.module(caches -> caches.cache("prices", prices -> {})));
    }

    @ClusterTest(members = 2)
    void whatWasClearedGoesWithItsBackupsAndNothingElse(TestCluster cluster) {
        HazelcastInstance member = cluster.member(0).hazelcast();
        IMap<String, RowRecord> rows = member.getMap("cache.prices");
        IntStream.range(0, ROWS).forEach(i -> {
            put(member, rows, "old-" + i, 2);
            put(member, rows, "new-" + i, 4);
        });
        assertThat(backups(cluster)).isEqualTo(2 * ROWS);

        new Reclaiming(rows, member.getPartitionService()).remove(2);

        assertThat(rows.keySet()).hasSize(ROWS).allMatch(key -> key.startsWith("new-"));
        await().untilAsserted(() -> assertThat(backups(cluster)).isEqualTo(ROWS));
        cluster.kill(1);
        cluster.awaitSize(1);
        assertThat(rows.keySet()).hasSize(ROWS).allMatch(key -> key.startsWith("new-"));
    }

    private static void put(HazelcastInstance member, IMap<String, RowRecord> rows, String key, long epoch) {
        UUID owner = requireNonNull(
                        member.getPartitionService().getPartition(key).getOwner())
                .getUuid();
        byte[] value = Envelope.Facts.ofPut(epoch, 60_000, List.of())
                .with(Envelope.Kind.VALUE, new byte[] {1})
                .toBytes();
        Content<byte[]> content = new Content<>(value, 60_000, 60_000);
        var unused = rows.executeOnKey(
                key, new PutProcessor("prices", owner, (key + epoch).hashCode(), content, Condition.NONE));
    }

    private static long backups(TestCluster cluster) {
        return IntStream.range(0, 2)
                .mapToLong(i -> cluster.member(i)
                        .hazelcast()
                        .getMap("cache.prices")
                        .getLocalMapStats()
                        .getBackupEntryCount())
                .sum();
    }
}
