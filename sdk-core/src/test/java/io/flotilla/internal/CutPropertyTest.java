package io.flotilla.internal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.SplitPolicy;
import io.flotilla.Standing;
import io.flotilla.internal.wire.Peer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random clusters, cut into two sides, every member noticing the losses in an order of its own. */
final class CutPropertyTest {
    private static final long SETTLED = StandingMachine.SETTLED.toNanos();

    @Property
    void exactlyOneSideOfACutOfASettledClusterServes(@ForAll @IntRange(min = 1, max = 9) int size, @ForAll long seed) {
        Random random = new Random(seed);
        Farm farm = new Farm();
        IntStream.rangeClosed(1, size).forEach(farm::join);
        farm.now += SETTLED;
        farm.members.values().forEach(each -> each.pass(farm.now));
        Set<Peer> one = farm.some(random, 2);

        farm.cut(one, Set.of(), random);

        assertThat(farm.openSides(one, Set.of())).hasSize(1);
        boolean open = farm.openSides(one, Set.of()).iterator().next();
        assertThat(farm.members.entrySet().stream().filter(each -> one.contains(each.getKey()) == open))
                .as("all of that side")
                .allMatch(each -> each.getValue().standing() == Standing.OPEN);
    }

    /** Members join at any time, their timers pass at any time, processes die on both sides. */
    @Property
    void neverDoBothSidesServe(
            @ForAll @IntRange(min = 1, max = 5) int before,
            @ForAll @IntRange(min = 0, max = 5) int after,
            @ForAll long seed) {
        Random random = new Random(seed);
        Farm farm = new Farm();
        IntStream.rangeClosed(1, before).forEach(farm::join);
        farm.someSettle(random);
        IntStream.rangeClosed(before + 1, before + after).forEach(number -> {
            farm.join(number);
            if (random.nextInt(4) == 0) {
                farm.someSettle(random);
            }
        });
        Set<Peer> one = farm.some(random, 2);
        Set<Peer> crashed = farm.some(random, 4);

        farm.cut(one, crashed, random);

        assertThat(farm.openSides(one, crashed)).hasSizeLessThanOrEqualTo(1);
    }

    /** The side that goes on is cut again, once it has settled: it counts by itself then, the rest stays out. */
    @Property
    void neitherDoTheySecondTimeAround(@ForAll @IntRange(min = 3, max = 9) int size, @ForAll long seed) {
        Random random = new Random(seed);
        Farm farm = new Farm();
        IntStream.rangeClosed(1, size).forEach(farm::join);
        farm.now += SETTLED;
        farm.members.values().forEach(each -> each.pass(farm.now));
        Set<Peer> one = farm.some(random, 2);
        farm.cut(one, Set.of(), random);
        farm.now += SETTLED;
        farm.members.values().forEach(each -> each.pass(farm.now));
        boolean went = farm.openSides(one, Set.of()).iterator().next();
        Set<Peer> side =
                farm.order.stream().filter(each -> one.contains(each) == went).collect(Collectors.toSet());
        Set<Peer> rest = new HashSet<>(farm.order);
        rest.removeAll(side);

        Set<Peer> half = side.stream().filter(each -> random.nextBoolean()).collect(Collectors.toSet());
        side.forEach(me -> side.stream()
                .filter(each -> half.contains(each) != half.contains(me))
                .forEach(each -> farm.machine(me).left(each, false, farm.now)));

        assertThat(rest).allMatch(each -> farm.machine(each).standing() == Standing.CUT_OFF);
        assertThat(side.stream()
                        .filter(each -> farm.machine(each).standing() == Standing.OPEN)
                        .map(half::contains)
                        .distinct())
                .hasSize(1);
    }

    /** The members of one try; the test object outlives it. */
    private static final class Farm {
        private final Map<Peer, StandingMachine> members = new HashMap<>();
        private final List<Peer> order = new ArrayList<>();
        private long now;

        private StandingMachine machine(Peer peer) {
            return requireNonNull(members.get(peer));
        }

        void join(int number) {
            Peer peer = StandingMachineTest.peer(number);
            StandingMachine machine = new StandingMachine(SplitPolicy.KEEP_MAJORITY, 1);
            order.add(peer);
            machine.entered(order, now);
            if (order.size() == 1) {
                machine.confirmedByAll(order, now);
            } else {
                machine.confirmedBy(machine(order.get(0)).answer(true, true), now);
            }
            members.values().forEach(each -> each.joined(peer, now));
            members.put(peer, machine);
        }

        /** The timers of the members are not in step: some have passed, some have not. */
        private void someSettle(Random random) {
            now += SETTLED;
            members.values().stream().filter(each -> random.nextBoolean()).forEach(each -> each.pass(now));
        }

        private void cut(Set<Peer> one, Set<Peer> crashed, Random random) {
            members.forEach((me, machine) -> {
                List<Peer> gone = new ArrayList<>(order);
                gone.removeIf(each -> one.contains(each) == one.contains(me) && !crashed.contains(each));
                Collections.shuffle(gone, random);
                for (Peer each : gone) {
                    boolean seen = crashed.contains(each) && one.contains(each) == one.contains(me);
                    machine.left(each, seen, now);
                    machine.pass(now + random.nextInt(1_000));
                }
            });
        }

        private Set<Boolean> openSides(Set<Peer> one, Set<Peer> crashed) {
            return members.entrySet().stream()
                    .filter(each -> !crashed.contains(each.getKey()))
                    .filter(each -> each.getValue().standing() == Standing.OPEN)
                    .map(each -> one.contains(each.getKey()))
                    .collect(Collectors.toSet());
        }

        private Set<Peer> some(Random random, int oneIn) {
            return order.stream().filter(each -> random.nextInt(oneIn) == 0).collect(Collectors.toSet());
        }
    }
}
