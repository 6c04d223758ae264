package io.flotilla.cache.internal.protocol;

import static io.flotilla.cache.internal.protocol.Agenda.millis;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** One member: whether it lives, whom it knows, and what it reports. */
final class SimMember {
    /** After standing still for so long a member asks the others before it serves. */
    static final long STALL = millis(4_000);

    private final Farm farm;
    private final UUID id;
    private final long origin;
    private final long skew;
    private final OwnerStream<Integer> stream;
    private final FirstTier<Integer, Value> tier = new FirstTier<>(new ConcurrentHashMap<>());
    private final StreamViews<Integer> views;
    private final SimStore store;
    private final SimApplication application;
    private final Map<UUID, SimMember> known = new HashMap<>();
    private Side side;
    private int group;
    private long frozenUntil;
    private boolean dead;
    private boolean mute;

    SimMember(Farm farm, UUID id, Side side) {
        this.farm = farm;
        this.id = id;
        this.side = side;
        this.origin = Math.abs(farm.random().nextLong() >> 20);
        this.skew = millis(farm.random().nextInt(farm.skew() + 1));
        this.stream = new OwnerStream<>(id, 20);
        this.views = new StreamViews<>(id, Farm.PARTITIONS, 4, this::changed, this::elapsed);
        this.store = new SimStore(farm, this);
        this.application = new SimApplication(farm, this);
    }

    void begin() {
        report();
        repeatedly(Times.REPORT.toNanos(), this::report);
        repeatedly(Times.RESEND.toNanos(), this::flush);
    }

    private void repeatedly(long every, Runnable what) {
        farm.agenda().in(every, () -> {
            if (!dead) {
                run(what);
                repeatedly(every, what);
            }
        });
    }

    /** Something reaches this member: now, when it has thawed, or never. */
    void run(Runnable what) {
        if (isFrozen()) {
            farm.agenda().at(frozenUntil, () -> run(what));
        } else if (!dead) {
            what.run();
        }
    }

    /** A message arrives; one that lay in a queue while this member was frozen is dealt with soon after. */
    void receive(Runnable message) {
        if (isFrozen()) {
            farm.agenda().at(frozenUntil + farm.random().nextInt(50_000_000), () -> receive(message));
        } else {
            run(message);
        }
    }

    void die() {
        dead = true;
    }

    void freeze(long until, boolean stall) {
        frozenUntil = until;
        mute |= stall;
    }

    boolean isDead() {
        return dead;
    }

    void confirmed() {
        mute = false;
    }

    boolean isFrozen() {
        return farm.agenda().now() < frozenUntil;
    }

    boolean isMute() {
        return mute;
    }

    UUID id() {
        return id;
    }

    Side side() {
        return side;
    }

    void side(Side other) {
        side = other;
    }

    int group() {
        return group;
    }

    void group(int other) {
        group = other;
    }

    int visibleSide() {
        return farm.isParted() ? group : Truth.ALL;
    }

    void hearsOf(SimMember other) {
        known.put(other.id, other);
        views.joined(other.id);
    }

    void forgets(SimMember other) {
        known.remove(other.id);
        views.left(other.id);
    }

    long elapsed() {
        return farm.agenda().now() + origin;
    }

    /** In milliseconds. */
    long wall() {
        return (farm.agenda().now() + skew) / 1_000_000 + 10_000;
    }

    OwnerStream<Integer> stream() {
        return stream;
    }

    SimStore store() {
        return store;
    }

    SimApplication application() {
        return application;
    }

    FirstTier<Integer, Value> tier() {
        return tier;
    }

    StreamViews<Integer> views() {
        return views;
    }

    /** The members that this one believes to be there. */
    Map<UUID, SimMember> known() {
        return known;
    }

    private void report() {
        known.values().forEach(this::report);
    }

    private void report(SimMember owner) {
        Report report = views.report(owner.id, elapsed());
        farm.send(this, owner, () -> owner.reported(report, this));
    }

    private void reported(Report report, SimMember reader) {
        if (!mute) {
            Bulletin<Integer> bulletin = stream.answer(report, elapsed());
            farm.send(this, reader, () -> reader.take(bulletin, this));
        }
    }

    private void flush() {
        if (!mute) {
            stream.due(elapsed()).forEach((reader, bulletin) -> {
                SimMember to = known.get(reader);
                if (to != null) {
                    farm.send(this, to, () -> to.take(bulletin, this));
                }
            });
        }
    }

    private void take(Bulletin<Integer> bulletin, SimMember owner) {
        if (views.take(bulletin)) {
            report(owner);
        }
    }

    private void changed(Integer key, UUID owner, long number) {
        tier.changed(key, owner, number);
        if (tier.get(key) == null) {
            farm.truth().gone(this, key);
        }
    }

    /** A key changes. */
    Position noted(int key) {
        Position position = stream.changed(Farm.partition(key), key);
        farm.agenda().in(millis(2), () -> run(this::flush));
        return position;
    }
}
