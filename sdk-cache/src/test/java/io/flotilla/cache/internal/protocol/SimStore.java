package io.flotilla.cache.internal.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The partitions of one member and its steps as their owner, as the layer over Hazelcast has to do them. */
final class SimStore {
    private final Farm farm;
    private final SimMember self;
    private final Versions versions = new Versions();
    private final Writes writes = new Writes(100);
    private final Map<Long, Value> puts = new HashMap<>();
    private final Map<Integer, Map<Integer, Row<Value>>> rows = new HashMap<>();
    private final Map<Integer, Map<Integer, Row<Value>>> copies = new HashMap<>();
    private long lastBackup;

    SimStore(Farm farm, SimMember self) {
        this.farm = farm;
        this.self = self;
    }

    SimMember self() {
        return self;
    }

    Map<Integer, Row<Value>> rows(int partition) {
        return requireNonNull(rows.get(partition));
    }

    Map<Integer, Row<Value>> copyOf(int partition) {
        return requireNonNull(copies.remove(partition));
    }

    void takeOver(int partition, Map<Integer, Row<Value>> some) {
        copies.remove(partition);
        rows.put(partition, some);
        self.stream().gained(partition, self.elapsed());
    }

    Map<Integer, Row<Value>> giveUp(int partition) {
        return requireNonNull(rows.remove(partition));
    }

    void keepCopy(int partition, Map<Integer, Row<Value>> some) {
        copies.put(partition, new HashMap<>(some));
    }

    private <R> void apply(int key, Step<Value, R> step, Runnable reply) {
        Map<Integer, Row<Value>> mine = rows(Farm.partition(key));
        SimMember backup = self.side().backup(Farm.partition(key));
        if (step.reach() != Step.Reach.NOBODY) {
            store(mine, key, step.row());
        }
        for (UUID each : new TreeSet<>(step.woken())) {
            SimMember reader = self.known().get(each);
            if (reader != null) {
                farm.send(self, reader, () -> reader.application().wake(key));
            }
        }
        if (step.reach() == Step.Reach.BACKUPS && backup != null) {
            backUp(key, step.row(), backup, reply);
        } else {
            reply.run();
        }
    }

    private void backUp(int key, @Nullable Row<Value> row, SimMember backup, Runnable reply) {
        Side mine = self.side();
        long table = mine.table(Farm.partition(key));
        lastBackup =
                Math.max(lastBackup + 1, farm.agenda().now() + farm.random().nextInt(3_000_000));
        farm.agenda()
                .at(
                        lastBackup,
                        () -> backup.run(() -> {
                            if (mine.equals(backup.side())
                                    && mine.table(Farm.partition(key)) == table
                                    && self.group() == backup.group()) {
                                store(requireNonNull(backup.store().copies.get(Farm.partition(key))), key, row);
                                farm.agenda().in(100_000, () -> self.run(reply));
                            }
                        }));
    }

    private static void store(Map<Integer, Row<Value>> some, int key, @Nullable Row<Value> row) {
        if (row == null) {
            some.remove(key);
        } else {
            some.put(key, row);
        }
    }

    void asked(int key, long token, SimMember reader, Consumer<Answer<Value>> reply) {
        Position position = self.stream().position(Farm.partition(key));
        long grant = versions.next(0, self.wall());
        Row<Value> row = rows(Farm.partition(key)).get(key);
        Step<Value, Answer<Value>> step = RowProtocol.ask(
                row, Ask.of(token, reader.id(), SimApplication.LEASE_MILLIS), grant, self.wall(), position);
        Answer.Status status = step.reply().status();
        if (row != null && row.lease() != null && row.lease().isHeld(self.wall())) {
            boolean same = row.lease().isFor(token);
            assertThat(status == Answer.Status.LOAD || status == Answer.Status.STALE_LOAD)
                    .as("one lease")
                    .isEqualTo(same && !row.isFresh(self.wall()));
        }
        apply(key, step, () -> farm.send(self, reader, () -> reply.accept(step.reply())));
    }

    void filled(int key, LeaseId lease, Value loaded, SimMember reader, Consumer<Written> reply) {
        Position position = self.stream().position(Farm.partition(key));
        Row<Value> row = rows(Farm.partition(key)).get(key);
        Value value = new Value(loaded.number(), farm.agenda().now(), loaded.freshFor(), false);
        long version = versions.next(row == null ? 0 : row.version(), self.wall());
        Step<Value, Written> step = RowProtocol.fill(row, lease, value.content(), version, self.wall(), position);
        apply(key, step, () -> farm.send(self, reader, () -> reply.accept(step.reply())));
    }

    void abandoned(int key, LeaseId lease) {
        apply(key, RowProtocol.abandon(rows(Farm.partition(key)).get(key), lease, self.wall()), () -> {});
    }

    void put(int key, long operation, SimMember writer, BiConsumer<Written, Value> reply) {
        Row<Value> row = rows(Farm.partition(key)).get(key);
        Written first = writes.of(operation);
        Step<Value, Written> step;
        if (first == null) {
            Position position = self.noted(key);
            Value value = farm.truth().put(operation, key, farm.agenda().now(), farm.someTime());
            puts.put(operation, value);
            long version = versions.next(row == null ? 0 : row.version(), self.wall());
            step = RowProtocol.put(row, operation, value.content(), version, self.wall(), position);
            writes.add(operation, step.reply());
        } else {
            step = RowProtocol.repeated(row, first);
        }
        Value value = requireNonNull(puts.get(operation));
        apply(key, step, () -> farm.send(self, writer, () -> reply.accept(step.reply(), value)));
    }

    void invalidated(int key, SimMember writer, Consumer<Written> reply) {
        Position position = self.noted(key);
        Step<Value, Written> step =
                RowProtocol.invalidate(rows(Farm.partition(key)).get(key), position);
        apply(key, step, () -> farm.send(self, writer, () -> reply.accept(step.reply())));
    }
}
