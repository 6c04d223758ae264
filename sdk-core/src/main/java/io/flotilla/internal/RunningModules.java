package io.flotilla.internal;

import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.Deadline;
import io.flotilla.spi.RunningModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The modules of a cluster, started in the order of installation and stopped in reverse; a failure stops none of it. */
final class RunningModules {
    private static final Logger log = LoggerFactory.getLogger(RunningModules.class);

    private record Started(RunningModule<?> module, RunningContext context) {}

    private final Map<Class<?>, Started> started = new LinkedHashMap<>(); // guarded by this

    void start(ClusterModule<?> module, RunningContext context) {
        RunningModule<?> running;
        try {
            running = module.start(context);
        } catch (RuntimeException | Error failure) {
            context.endSeries(); // the rest of what it acquired is the module's to release
            throw failure;
        }
        synchronized (this) {
            started.put(module.api(), new Started(running, context));
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
        inReverse(
                each -> each.module().announceLeaving(deadline),
                (module, failure) -> logFailure(module, "announce its leaving", failure));
    }

    void drain(Deadline deadline) {
        inReverse(each -> each.module().drain(deadline), (module, failure) -> logFailure(module, "drain", failure));
    }

    void close(BiConsumer<Class<?>, Throwable> onFailure) {
        inReverse(
                each -> {
                    each.context().endSeries();
                    each.module().close();
                },
                onFailure);
    }

    static void logFailure(Class<?> module, Throwable failure) {
        logFailure(module, "close", failure);
    }

    private static void logFailure(Class<?> module, String what, Throwable failure) {
        log.error("module {} failed to {}; going on without it", module.getSimpleName(), what, failure);
    }

    /** Errors too: in an undeployed web application a class that is first needed now cannot be loaded any more. */
    private void inReverse(Consumer<Started> step, BiConsumer<Class<?>, Throwable> onFailure) {
        List<Map.Entry<Class<?>, Started>> order;
        synchronized (this) {
            order = new ArrayList<>(started.entrySet());
        }
        for (int i = order.size() - 1; i >= 0; i--) {
            try {
                step.accept(order.get(i).getValue());
            } catch (RuntimeException | Error failure) {
                onFailure.accept(order.get(i).getKey(), failure);
            }
        }
    }
}
