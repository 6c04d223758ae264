package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.internal.util.ConcurrencyUtil;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.impl.AbstractInvocationFuture;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class OwnerAnswerTest {
    private static final int CALLS = 100;
    private static final long LONG = Duration.ofSeconds(20).toNanos();

    private final AtomicInteger handedOver = new AtomicInteger();
    private Executor before = Runnable::run;

    @BeforeEach
    void countWhatIsHandedOver() {
        before = ConcurrencyUtil.getDefaultAsyncExecutor();
        Executor usual = before;
        ConcurrencyUtil.setDefaultAsyncExecutor(task -> {
            if (isAnswer()) {
                handedOver.incrementAndGet();
            }
            usual.execute(task);
        });
    }

    /** Whether an answer has just come, or was there already. */
    private static boolean isAnswer() {
        return Stream.of(new Throwable().getStackTrace())
                .anyMatch(each -> each.getClassName().equals(AbstractInvocationFuture.class.getName()));
    }

    @AfterEach
    void asBefore() {
        ConcurrencyUtil.setDefaultAsyncExecutor(before);
    }

    /** Says on which member it has run. */
    private static final class Where implements EntryProcessor<String, String, String>, HazelcastInstanceAware {
        private static final long serialVersionUID = 1;

        private transient @Nullable HazelcastInstance member;

        @Override
        public void setHazelcastInstance(HazelcastInstance here) {
            member = here;
        }

        @Override
        public @Nullable String process(Map.Entry<String, String> entry) {
            if (entry.getKey().startsWith("nothing")) {
                return null;
            }
            if (entry.getKey().startsWith("fail")) {
                throw new IllegalStateException("as asked");
            }
            HazelcastInstance here = member;
            return here == null ? "nowhere" : here.getName();
        }
    }

    private static HazelcastInstance member(TestCluster cluster, int i) {
        return cluster.member(i).hazelcast();
    }

    private static @Nullable String ask(TestCluster cluster, String key) throws Exception {
        IMap<String, String> map = member(cluster, 0).getMap("map");
        OwnerAnswer<String> answer = OwnerAnswer.to(map, key, new Where());
        answer.await(LONG);
        return answer.result();
    }

    private static String keyOf(HazelcastInstance owner) {
        return IntStream.range(0, 10_000)
                .mapToObj(Integer::toString)
                .filter(each -> owner.getCluster()
                        .getLocalMember()
                        .equals(owner.getPartitionService().getPartition(each).getOwner()))
                .findFirst()
                .orElseThrow();
    }

    @ClusterTest(members = 2)
    void comesFromTheOwnerAndThroughNoOtherThread(TestCluster cluster) throws Exception {
        cluster.awaitSafe();
        handedOver.set(0);

        for (int i = 0; i < 2; i++) {
            String key = keyOf(member(cluster, i));
            for (int j = 0; j < CALLS; j++) {
                assertThat(ask(cluster, key)).isEqualTo(member(cluster, i).getName());
            }
        }

        assertThat(handedOver).as("answers to %s calls", 2 * CALLS).hasValueLessThan(CALLS / 10);
    }

    @ClusterTest(members = 1)
    void mayBeNothing(TestCluster cluster) throws Exception {
        assertThat(ask(cluster, "nothing")).isNull();
    }

    @ClusterTest(members = 1)
    void mayBeAFailure(TestCluster cluster) {
        assertThatThrownBy(() -> ask(cluster, "fail"))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("as asked");
    }
}
