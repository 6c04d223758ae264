package io.flotilla.internal;

import io.flotilla.internal.wire.Peer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The member lists of which a side of a cut must hold the majority, each oldest member first: the last one that settled
 * and all since. Immutable.
 *
 * <h2>Why two sides never both have it</h2>
 *
 * Take a list that both sides know. Say one side sees the members X and takes Kx for crashed, the other Y and Ky. Nobody
 * alive is taken for crashed, so X, Y and the union of Kx and Ky are disjoint: |X| + |Y| &le; n - |Kx &cup; Ky|. If both
 * had it, 2|X| &ge; n - |Kx| and 2|Y| &ge; n - |Ky|; added up, |Kx| + |Ky| &ge; 2 |Kx &cup; Ky|. So Kx = Ky and both are
 * exact halves of the same list, and only one of them holds its oldest member.
 *
 * <p>And there is always a list that both know: a new list counts besides the old ones from the moment it is seen, and the
 * old ones are forgotten only when no change was seen for {@link StandingMachine#SETTLED}, longer than a member stays in
 * the list that no longer hears of changes.
 */
record Views(List<List<Peer>> lists) {
    static final Views NONE = new Views(List.of());

    Views(List<List<Peer>> lists) {
        this.lists = lists.stream()
                .filter(each -> !each.isEmpty())
                .distinct()
                .map(List::copyOf)
                .toList();
    }

    Views with(List<Peer> members) {
        List<List<Peer>> more = new ArrayList<>(lists);
        more.add(members);
        return new Views(more);
    }

    /** After a member's process has ended: it is on no side. */
    Views without(Peer ended) {
        return new Views(lists.stream()
                .map(list -> list.stream().filter(each -> !each.equals(ended)).toList())
                .toList());
    }

    /** After a member has come back under another id, with its place in the order. */
    Views replacing(Peer before, Peer after) {
        return new Views(lists.stream()
                .map(list -> list.stream()
                        .map(each -> each.equals(before) ? after : each)
                        .toList())
                .toList());
    }

    /** Those at an address under another id. */
    List<Peer> othersAt(Peer peer) {
        return lists.stream()
                .flatMap(List::stream)
                .distinct()
                .filter(each -> each.address().equals(peer.address()) && !each.equals(peer))
                .toList();
    }

    /** Whether these are the majority of every list, or the half of it that holds the oldest. */
    boolean areCarriedBy(Collection<Peer> present) {
        return lists.stream().allMatch(each -> isCarriedBy(each, present));
    }

    private static boolean isCarriedBy(List<Peer> list, Collection<Peer> present) {
        long here = list.stream().filter(present::contains).count();
        return here * 2 > list.size() || (here * 2 == list.size() && present.contains(list.get(0)));
    }

    /** How many members are missing from the list that lacks most. */
    int missing(Collection<Peer> present) {
        return lists.stream()
                .mapToInt(list -> (int)
                        list.stream().filter(each -> !present.contains(each)).count())
                .max()
                .orElse(0);
    }
}
