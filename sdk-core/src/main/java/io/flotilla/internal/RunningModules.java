package io.flotilla.internal;

import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.Deadline;
import io.flotilla.spi.RunningModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The modules of a cluster, started in the order of installation and stopped in reverse; each failure is one line. */
final class RunningModules {
    private static final Logger log = LoggerFactory.getLogger(RunningModules.class);

    private record Started(Class<?> api, RunningModule<?> module, RunningContext context) {}

    private final Map<Class<?>, Started> started = new LinkedHashMap<>(); // guarded by this

    void start(ClusterModule<?> module, RunningContext context) {
        RunningModule<?> running = module.start(context);
        synchronized (this) {
            started.put(module.api(), new Started(module.api(), running, context));
        }
    }

    @Nullable
    Object find(Class<?> api) {
        synchronized (this) {
            Started found = started.get(api);
            return found == null ? null : found.module().api();
        }
    }

    synchronized List<String> names() {
        return started.keySet().stream().map(Class::getName).toList();
    }

    void announceLeaving(Deadline deadline) {
        inReverse("announce its leaving", each -> each.module().announceLeaving(deadline));
    }

    void drain(Deadline deadline) {
        inReverse("drain", each -> each.module().drain(deadline));
    }

    void close() {
        inReverse("close", each -> {
            each.context().endSeries();
            each.module().close();
        });
    }

    private void inReverse(String what, Consumer<Started> step) {
        List<Started> order;
        synchronized (this) {
            order = new ArrayList<>(started.values());
        }
        for (int i = order.size() - 1; i >= 0; i--) {
            Started each = order.get(i);
            try {
                step.accept(each);
            } catch (RuntimeException failure) {
                log.error(
                        "module {} failed to {}; going on without it",
                        each.api().getSimpleName(),
                        what,
                        failure);
            }
        }
    }
}
