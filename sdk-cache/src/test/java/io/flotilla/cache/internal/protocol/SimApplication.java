package io.flotilla.cache.internal.protocol;

import static io.flotilla.cache.internal.protocol.Agenda.millis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What uses the cache of one member, and holds every answer against the truth. */
final class SimApplication {
    static final long LEASE_MILLIS = 1_000;

    private final Farm farm;
    private final SimMember self;
    private final Map<Integer, Load> waiting = new HashMap<>();

    SimApplication(Farm farm, SimMember self) {
        this.farm = farm;
        this.self = self;
    }

    /** Uses the cache once. */
    void act() {
        if (self.isDead() || self.isFrozen() || self.isMute()) {
            return;
        }
        int key = farm.random().nextInt(Farm.KEYS);
        int kind = farm.random().nextInt(100);
        if (kind < 82) {
            get(key);
        } else if (kind < 90) {
            invalidate(key);
        } else if (kind < 98) {
            put(key);
        } else {
            self.tier().doubt(key);
            farm.truth().gone(self, key);
        }
    }

    void getAll() {
        for (int key = 0; key < Farm.KEYS; key++) {
            get(key);
        }
    }

    void get(int key) {
        NearValue<Integer, Value> near = self.tier().get(key);
        if (near != null && near.worth(self.elapsed()) == NearValue.Worth.FRESH) {
            farm.truth().firstTierAnswers(self, key, near, farm.agenda().now(), farm.skew());
        } else {
            new Load(key).ask();
        }
    }

    private void put(int key) {
        long operation = farm.random().nextLong();
        long askedAt = self.elapsed();
        boolean synchronous = farm.random().nextInt(3) == 0;
        new Call(
                        key,
                        done -> atOwner(
                                key,
                                owner -> owner.put(
                                        key,
                                        operation,
                                        self,
                                        (written, value) -> done.accept(() -> {
                                            farm.truth().putAnswered(operation);
                                            changed(key, owner.self(), written, value.number(), synchronous);
                                            int partition = Farm.partition(key);
                                            self.tier()
                                                    .stored(
                                                            key,
                                                            partition,
                                                            value.content(),
                                                            written,
                                                            self.views(),
                                                            askedAt,
                                                            self.elapsed());
                                        }))))
                .send();
    }

    private void invalidate(int key) {
        boolean synchronous = farm.random().nextInt(3) == 0;
        long number = farm.truth().change(key);
        new Call(
                        key,
                        done -> atOwner(
                                key,
                                owner -> owner.invalidated(
                                        key,
                                        self,
                                        written -> done.accept(
                                                () -> changed(key, owner.self(), written, number, synchronous)))))
                .send();
    }

    /** A request that reaches its owner after the partition went elsewhere is dropped, and sent again. */
    private void atOwner(int key, Consumer<SimStore> step) {
        Side asked = self.side();
        SimMember owner = asked.owner(Farm.partition(key));
        long table = asked.table(Farm.partition(key));
        farm.send(self, owner, () -> {
            if (owner.side().equals(asked) && asked.table(Farm.partition(key)) == table) {
                step.accept(owner.store());
            }
        });
    }

    private void changed(int key, SimMember owner, Written written, long number, boolean synchronous) {
        self.tier().changed(key, Farm.partition(key), written.position(), self.views(), self.elapsed());
        farm.truth().gone(self, key);
        farm.truth().acknowledged(self, key, number, farm.agenda().now());
        if (synchronous) {
            awaitSettled(key, owner, written.position(), owner.elapsed(), number);
        }
    }

    private void awaitSettled(int key, SimMember owner, Position change, long madeAt, long number) {
        farm.agenda()
                .in(
                        millis(20),
                        () -> owner.run(() -> {
                            if (!owner.isMute()
                                    && owner.stream().isSettled(change, Farm.partition(key), madeAt, owner.elapsed())) {
                                farm.truth()
                                        .settled(
                                                self, key, number, farm.agenda().now());
                            } else {
                                awaitSettled(key, owner, change, madeAt, number);
                            }
                        }));
    }

    void wake(int key) {
        Load load = waiting.remove(key);
        if (load != null) {
            load.ask();
        }
    }

    /**
     * A request that is sent until the owner answers. Only the one counts that was asked last: what was sent to it may
     * otherwise be carried out after the caller has been answered by another one.
     */
    private final class Call {
        private final int key;
        private final Consumer<Consumer<Runnable>> attempt;
        private @Nullable SimMember askedLast;
        private boolean done;

        Call(int key, Consumer<Consumer<Runnable>> attempt) {
            this.key = key;
            this.attempt = attempt;
        }

        void send() {
            if (!done && !self.isDead()) {
                SimMember owner = self.side().owner(Farm.partition(key));
                askedLast = owner;
                attempt.accept(what -> end(owner, what));
                farm.agenda().in(millis(250), () -> self.run(this::send));
            }
        }

        private void end(SimMember owner, Runnable what) {
            if (!done && owner.equals(askedLast)) {
                done = true;
                what.run();
            }
        }
    }

    /** Gets a value from the owner, or loads it. */
    private final class Load {
        private final int key;
        private final long token = farm.random().nextLong();

        Load(int key) {
            this.key = key;
        }

        void ask() {
            long askedAt = self.elapsed();
            long askedNow = farm.agenda().now();
            new Call(
                            key,
                            done -> atOwner(
                                    key,
                                    owner -> owner.asked(
                                            key,
                                            token,
                                            self,
                                            answer -> done.accept(() -> answered(answer, askedAt, askedNow)))))
                    .send();
        }

        private void answered(Answer<Value> answer, long askedAt, long askedNow) {
            Value value = answer.value();
            if (value != null) {
                farm.truth().ownerAnswers(self, key, value, askedNow);
                self.tier().install(key, Farm.partition(key), answer, self.views(), askedAt, self.elapsed());
            }
            LeaseId lease = answer.lease();
            if (lease != null) {
                load(lease);
            } else if (answer.status() == Answer.Status.WAIT && farm.isBusy()) {
                waiting.put(key, this);
                farm.agenda().in(millis(answer.leaseFor() + 1), () -> self.run(() -> wake(key)));
            }
        }

        private void load(LeaseId lease) {
            Value loaded = new Value(farm.truth().present(key), farm.agenda().now(), farm.someTime(), false);
            int kind = farm.random().nextInt(10);
            long takes = kind == 0 ? 3 * LEASE_MILLIS : farm.random().nextInt(400);
            farm.agenda()
                    .in(
                            millis(takes),
                            () -> self.run(() -> {
                                if (kind == 1) {
                                    atOwner(key, owner -> owner.abandoned(key, lease));
                                } else {
                                    fill(lease, loaded);
                                }
                            }));
        }

        private void fill(LeaseId lease, Value loaded) {
            long askedAt = self.elapsed();
            Value value = new Value(loaded.number(), farm.agenda().now(), loaded.freshFor(), false);
            new Call(
                            key,
                            done -> atOwner(
                                    key,
                                    owner -> owner.filled(
                                            key,
                                            lease,
                                            value,
                                            self,
                                            written -> done.accept(() -> {
                                                if (written.stored()) {
                                                    int at = Farm.partition(key);
                                                    self.tier()
                                                            .stored(
                                                                    key,
                                                                    at,
                                                                    value.content(),
                                                                    written,
                                                                    self.views(),
                                                                    askedAt,
                                                                    self.elapsed());
                                                }
                                            }))))
                    .send();
        }
    }

    /** With no message on its way, and no fault left. */
    void mustBeRight() {
        assertThat(self.known().values())
                .containsExactlyInAnyOrderElementsOf(self.side().members());
        for (SimMember each : self.known().values()) {
            StreamView<Integer> view = self.views().of(each.id());
            assertThat(view != null && view.isProven(self.elapsed()))
                    .as("proven")
                    .isTrue();
        }
        for (int key = 0; key < Farm.KEYS; key++) {
            mustBeRight(
                    key,
                    self.side()
                            .owner(Farm.partition(key))
                            .store()
                            .rows(Farm.partition(key))
                            .get(key),
                    self.tier().get(key));
        }
    }

    private void mustBeRight(int key, @Nullable Row<Value> row, @Nullable NearValue<Integer, Value> near) {
        long least = farm.truth().lastAcknowledged(key);
        Value stored = row == null || !row.isUsable(self.wall()) ? null : row.value();
        if (stored != null) {
            assertThat(stored.number()).as("second tier").isGreaterThanOrEqualTo(least);
        }
        if (near != null && near.worth(self.elapsed()) == NearValue.Worth.FRESH) {
            assertThat(near.value().number()).as("first tier").isGreaterThanOrEqualTo(least);
            if (stored != null && row != null && row.filledBy() == null) {
                assertThat(near.value().number()).as("both tiers").isEqualTo(stored.number());
            }
        }
    }
}
