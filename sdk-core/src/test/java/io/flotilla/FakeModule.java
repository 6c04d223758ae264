package io.flotilla;

import com.hazelcast.config.Config;
import io.flotilla.spi.ClusterModule;
import io.flotilla.spi.Deadline;
import io.flotilla.spi.ModuleContext;
import io.flotilla.spi.RunningModule;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A module that notes what is done to it, and does what a test tells it to. */
final class FakeModule<T> implements ClusterModule<T> {
    /** Three facades. */
    record First() {}

    record Second() {}

    record Third() {}

    private final T facade;
    private final List<String> events;
    private Consumer<Config> onConfigure = config -> {};
    private Consumer<ModuleContext> onStart = context -> {};
    private Consumer<Deadline> onAnnounce = deadline -> {};
    private Consumer<Deadline> onDrain = deadline -> {};
    private Runnable onClose = () -> {};

    private FakeModule(T facade, List<String> events) {
        this.facade = facade;
        this.events = events;
    }

    static FakeModule<First> first(List<String> events) {
        return new FakeModule<>(new First(), events);
    }

    static FakeModule<Second> second(List<String> events) {
        return new FakeModule<>(new Second(), events);
    }

    static FakeModule<Third> third(List<String> events) {
        return new FakeModule<>(new Third(), events);
    }

    static FakeModule<First> first() {
        return first(new CopyOnWriteArrayList<>());
    }

    FakeModule<T> onConfigure(Consumer<Config> action) {
        this.onConfigure = action;
        return this;
    }

    FakeModule<T> onStart(Consumer<ModuleContext> action) {
        this.onStart = action;
        return this;
    }

    FakeModule<T> onAnnounce(Consumer<Deadline> action) {
        this.onAnnounce = action;
        return this;
    }

    FakeModule<T> onDrain(Consumer<Deadline> action) {
        this.onDrain = action;
        return this;
    }

    FakeModule<T> onClose(Runnable action) {
        this.onClose = action;
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // the class of a T
    public Class<T> api() {
        return (Class<T>) facade.getClass();
    }

    @Override
    public void configure(Config member) {
        onConfigure.accept(member);
    }

    @Override
    public RunningModule<T> start(ModuleContext context) {
        note("start");
        onStart.accept(context);
        return new RunningModule<>() {
            @Override
            public T api() {
                return facade;
            }

            @Override
            public void announceLeaving(Deadline deadline) {
                note("announce");
                onAnnounce.accept(deadline);
            }

            @Override
            public void drain(Deadline deadline) {
                note("drain");
                onDrain.accept(deadline);
            }

            @Override
            public void close() {
                note("close");
                onClose.run();
            }
        };
    }

    private void note(String what) {
        events.add(what + " " + facade.getClass().getSimpleName());
    }

    @Override
    public String toString() {
        return "Fake" + facade.getClass().getSimpleName();
    }
}
