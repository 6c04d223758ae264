package io.flotilla.health.internal.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sources that ask the JVM, and all of them together. */
class MachineTest {
    @TempDir
    private Path root;

    private static MemoryPoolMXBean pool(MemoryType type, boolean longLived, @Nullable MemoryUsage afterCollection) {
        return (MemoryPoolMXBean) Proxy.newProxyInstance(
                MachineTest.class.getClassLoader(),
                new Class<?>[] {MemoryPoolMXBean.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getType" -> type;
                    case "isUsageThresholdSupported" -> longLived;
                    case "getCollectionUsage" -> afterCollection;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Vitals heap(MemoryPoolMXBean... pools) {
        return new FakeMachine(root).read(new HeapAfterCollection(Arrays.asList(pools), 1000));
    }

    @Test
    void theHeapIsWhatTheOldGenerationHeldAfterItsLastCollection() {
        Vitals vitals = heap(
                pool(MemoryType.HEAP, false, new MemoryUsage(0, 390, 400, 400)), // Eden
                pool(MemoryType.HEAP, true, new MemoryUsage(0, 300, 500, 600)),
                pool(MemoryType.NON_HEAP, true, new MemoryUsage(0, 90, 100, 100)));
        assertThat(vitals.of(Signal.HEAP)).hasValue(0.5);
    }

    @Test
    void aPoolWithoutAMaximumMayTakeTheWholeHeap() {
        assertThat(heap(pool(MemoryType.HEAP, true, new MemoryUsage(0, 300, 500, -1)))
                        .of(Signal.HEAP))
                .hasValue(0.3);
    }

    @Test
    void theHeapIsUnknownBeforeTheFirstCollection() {
        assertThat(heap(pool(MemoryType.HEAP, true, new MemoryUsage(0, 0, 500, 600))))
                .isEqualTo(Vitals.UNKNOWN);
        assertThat(heap(pool(MemoryType.HEAP, true, null))).isEqualTo(Vitals.UNKNOWN);
    }

    @Test
    void aJvmThatDoesNotSayItsCpuLoadIsUnknown() {
        OperatingSystemMXBean bare = (OperatingSystemMXBean) Proxy.newProxyInstance(
                MachineTest.class.getClassLoader(), new Class<?>[] {OperatingSystemMXBean.class}, (p, m, a) -> 0);
        assertThat(new FakeMachine(root).read(new CpuLoad(bare))).isEqualTo(Vitals.UNKNOWN);
    }

    @Test
    void thisMachineSaysSomething() {
        System.gc();
        Machine here = Machine.here();
        Awaitility.await().untilAsserted(() -> {
            Vitals vitals = here.read();
            assertThat(vitals.of(Signal.HEAP).orElse(-1)).isBetween(0.0, 1.0);
            assertThat(vitals.of(Signal.CPU).orElse(-1)).isBetween(0.0, 1.0);
        });
    }

    @Test
    void aValueThatIsNoneIsLeftOut() {
        Machine machine = new Machine(List.of(vitals -> {
            vitals.take(Signal.CPU, -1);
            vitals.take(Signal.HEAP, Double.NaN);
            vitals.take(Signal.COMMITTED, Double.POSITIVE_INFINITY);
        }));
        assertThat(machine.read()).isEqualTo(Vitals.UNKNOWN);
    }
}
