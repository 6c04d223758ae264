package io.flotilla.cache.internal.protocol;

import static io.flotilla.cache.internal.protocol.Agenda.millis;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** A cluster that lives in virtual time, with everything that can go wrong. */
final class Farm {
    static final int PARTITIONS = 3;
    static final int KEYS = 6;
    private static final long[] FRESH_MILLIS = {300, 3_000, 60_000};
    private static final long SILENCE = millis(8_000);

    /**
     * How often messages are lost, doubled or late, and how far wall clocks are apart.
     *
     * @param skew milliseconds
     */
    record Weather(double lost, double doubled, double late, int skew) {}

    private final Random random;
    private final Agenda agenda = new Agenda();
    private final Truth truth = new Truth();
    private final List<SimMember> alive = new ArrayList<>();
    private final List<Set<SimMember>> broken = new ArrayList<>();
    private Weather weather;
    private boolean cut;
    private boolean parted;
    private boolean busy = true;

    Farm(long seed, int size, Weather weather) {
        this.random = new Random(seed);
        this.weather = weather;
        Side side = new Side(random);
        for (int i = 0; i < size; i++) {
            enter(side);
        }
        side.begin();
    }

    private void enter(Side side) {
        SimMember member = new SimMember(this, new UUID(random.nextLong(), random.nextLong()), side);
        side.members().add(member);
        alive.add(member);
        side.members().forEach(each -> {
            each.hearsOf(member);
            member.hearsOf(each);
        });
        member.begin();
    }

    Random random() {
        return random;
    }

    Agenda agenda() {
        return agenda;
    }

    Truth truth() {
        return truth;
    }

    static int partition(int key) {
        return key % PARTITIONS;
    }

    /** For how many milliseconds some value is fresh. */
    long someTime() {
        return FRESH_MILLIS[random.nextInt(FRESH_MILLIS.length)];
    }

    int skew() {
        return weather.skew();
    }

    boolean isParted() {
        return parted;
    }

    boolean isBusy() {
        return busy;
    }

    SimMember someone() {
        return alive.get(random.nextInt(alive.size()));
    }

    /** A message over the network. */
    void send(SimMember from, SimMember to, Runnable what) {
        int copies = 1;
        if (!from.equals(to)) {
            copies = random.nextDouble() < weather.lost() ? 0 : random.nextDouble() < weather.doubled() ? 2 : 1;
        }
        for (int i = 0; i < copies; i++) {
            agenda.in(delay(), () -> {
                if (from.group() == to.group() && !isBroken(from, to)) {
                    to.receive(what);
                }
            });
        }
    }

    /** Two members do not reach each other, though everybody else reaches both. */
    void breakLink(long millis) {
        Set<SimMember> ends = new HashSet<>(List.of(someone(), someone()));
        broken.add(ends);
        agenda.in(millis(millis), () -> broken.remove(ends));
    }

    private boolean isBroken(SimMember from, SimMember to) {
        return broken.stream().anyMatch(each -> !from.equals(to) && each.contains(from) && each.contains(to));
    }

    private long delay() {
        double kind = random.nextDouble();
        long most = kind < weather.late() / 5 ? millis(2_500) : kind < weather.late() ? millis(300) : millis(4);
        return 50_000 + (long) (random.nextDouble() * most);
    }

    /** Operations at random for so long; what they need to end takes longer. */
    void use(long millis, long everyMillis) {
        for (long at = 0; at < millis; at += 1 + random.nextInt((int) everyMillis)) {
            agenda.at(agenda.now() + millis(at), () -> someone().application().act());
        }
    }

    void moveSomething() {
        SimMember one = someone();
        if (!cut && !one.isFrozen() && one.side().members().contains(one)) {
            int partition = random.nextInt(PARTITIONS);
            if (!one.side().owner(partition).isFrozen()) {
                one.side().migrate(partition, one);
            }
        }
    }

    /** A process ends; the others see that at once, or nearly. */
    void crash() {
        if (alive.size() > 2 && !cut) {
            SimMember victim = someone();
            victim.die();
            alive.remove(victim);
            agenda.in(millis(random.nextInt(200)), () -> remove(victim));
        }
    }

    void join() {
        if (!cut && alive.size() < 6) {
            enter(someone().side());
        }
    }

    private void remove(SimMember gone) {
        Side side = gone.side();
        if (side.members().contains(gone) && side.members().size() > 1) {
            side.remove(gone);
            List.copyOf(side.members()).forEach(each -> tell(each, gone));
        }
    }

    /** Members learn of a loss one after the other. */
    private void tell(SimMember each, SimMember gone) {
        long most = random.nextInt(4) == 0 ? 7_000 : 20;
        agenda.in(millis(random.nextInt((int) most)), () -> each.run(() -> each.forgets(gone)));
    }

    /** A process stands still; if it does for too long it is taken for lost. */
    void freeze(long millis) {
        SimMember victim = someone();
        if (cut || victim.isFrozen() || alive.size() < 3) {
            return;
        }
        long until = agenda.now() + millis(millis);
        victim.freeze(until, SimMember.STALL < millis(millis));
        agenda.in(SILENCE, () -> {
            if (victim.isFrozen() && alive.contains(victim)) {
                remove(victim);
            }
        });
        agenda.at(until, () -> agenda.in(millis(random.nextInt(1_000)), () -> thawed(victim)));
    }

    /** It asks the others whether it is still one of them. */
    private void thawed(SimMember victim) {
        if (victim.isFrozen() || !alive.contains(victim)) {
            return;
        }
        if (victim.side().members().contains(victim)) {
            victim.confirmed();
        } else {
            rejoin(victim, someOtherSide(victim));
        }
    }

    private Side someOtherSide(SimMember victim) {
        return alive.stream()
                .filter(each -> !each.equals(victim) && each.side().members().contains(each))
                .findAny()
                .orElseThrow()
                .side();
    }

    private void rejoin(SimMember old, Side side) {
        old.die();
        alive.remove(old);
        enter(side);
    }

    /** A cut through the middle, after which both sides go on. */
    void cut(long millis) {
        if (cut || alive.size() < 3 || alive.stream().anyMatch(each -> each.isFrozen() || each.isMute())) {
            return;
        }
        cut = true;
        alive.forEach(each -> each.group(random.nextInt(2)));
        alive.get(0).group(0);
        alive.get(1).group(1);
        boolean noticed = millis(millis) > SILENCE;
        long cutAt = agenda.now();
        if (noticed) {
            agenda.in(SILENCE, () -> twoSides(cutAt));
        }
        agenda.in(millis(millis), () -> heal(noticed));
    }

    private void twoSides(long cutAt) {
        parted = true;
        truth.parted(cutAt);
        Side whole = alive.get(0).side();
        List<SimMember> zero = alive.stream().filter(each -> each.group() == 0).toList();
        List<SimMember> one = alive.stream().filter(each -> each.group() == 1).toList();
        Side first = whole.after(zero);
        Side second = whole.after(one);
        zero.forEach(each -> each.side(first));
        one.forEach(each -> each.side(second));
        zero.forEach(each -> one.forEach(other -> {
            tell(each, other);
            tell(other, each);
        }));
    }

    private void heal(boolean merge) {
        cut = false;
        parted = false;
        truth.healed(agenda.now());
        List<SimMember> joining =
                alive.stream().filter(each -> merge && each.group() == 1).toList();
        Side kept = requireNonNull(alive.get(0)).side();
        alive.forEach(each -> each.group(0));
        if (merge) {
            kept.forgetAll();
            joining.forEach(each -> rejoin(each, kept));
        }
    }

    /** Messages arrive again, and nobody wants anything new: then everything must be as it is. */
    void calm() {
        busy = false;
        weather = new Weather(0, 0, 0, weather.skew());
        run(30_000);
        assertThat(cut).isFalse();
        alive.forEach(each -> each.application().mustBeRight());
        for (int round = 0; round < 2; round++) {
            alive.forEach(each -> each.application().getAll());
            run(4_000);
        }
        alive.forEach(each -> each.application().mustBeRight());
    }

    void run(long millis) {
        agenda.runUntil(agenda.now() + millis(millis));
    }
}
