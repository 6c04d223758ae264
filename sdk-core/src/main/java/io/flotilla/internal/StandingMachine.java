package io.flotilla.internal;

import io.flotilla.SplitPolicy;
import io.flotilla.Standing;
import io.flotilla.internal.wire.MembershipAnswer;
import io.flotilla.internal.wire.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether this member may serve, from what it is told about the others. Pure: time comes in as nanoseconds, and
 * nothing goes out. Thread-safe.
 */
final class StandingMachine {
    /** After so long without a change the older lists are forgotten: a silent member is removed after 8 to 10 s. */
    static final Duration SETTLED = Duration.ofSeconds(15);

    /**
     * Who has not been heard for so long does not count: less than the 7 s after which, at the earliest,
     * the others give up a member that they do not hear, and more than a long collection.
     */
    static final Duration SILENT = Duration.ofSeconds(5);

    /** How sure this member is of its place among the others. */
    private enum Bond {
        JOINED(Standing.FORMING),
        STALLED(Standing.STALLED),
        UNHEARD(Standing.CUT_OFF),
        MERGING(Standing.MERGING),
        MERGED(Standing.MERGING),
        CONFIRMED(Standing.OPEN);

        private final Standing standing;

        Bond(Standing standing) {
            this.standing = standing;
        }
    }

    private final SplitPolicy policy;
    private final int initialMembers;
    private Bond bond = Bond.JOINED; // guarded by this, as all below
    private boolean formed;
    private List<Peer> members = List.of();
    private Set<Peer> silent = Set.of();
    private Views views = Views.NONE;
    private long changedAt;

    StandingMachine(SplitPolicy policy, int initialMembers) {
        this.policy = policy;
        this.initialMembers = initialMembers;
    }

    synchronized Standing standing() {
        if (bond != Bond.CONFIRMED) {
            return bond.standing;
        }
        if (policy == SplitPolicy.KEEP_MAJORITY && !views.areCarriedBy(members)) {
            return Standing.CUT_OFF;
        }
        return formed ? Standing.OPEN : Standing.FORMING;
    }

    /**
     * Tells who has not been heard for {@link #SILENT}, all others were. A side that the rest may give up stops before the
     * rest goes on without it, and until another member confirms that it was not given up.
     *
     * @param ended whose processes have ended, though they are in the list still: when several end at once Hazelcast may
     *     take ten seconds to remove them. They give up nobody, so they are not silent
     */
    synchronized void hears(Set<Peer> silentNow, Set<Peer> ended) {
        silent = silentNow.stream().filter(each -> !ended.contains(each)).collect(Collectors.toUnmodifiableSet());
        if (bond == Bond.CONFIRMED && policy == SplitPolicy.KEEP_MAJORITY && !views.areCarriedBy(heard())) {
            bond = Bond.UNHEARD;
        }
    }

    private List<Peer> heard() {
        return members.stream().filter(each -> !silent.contains(each)).toList();
    }

    /** The member has joined: at its start, or the other side of a split. */
    synchronized void entered(List<Peer> all, long now) {
        bond = bond == Bond.MERGING ? Bond.MERGED : Bond.JOINED;
        views = Views.NONE;
        changed(all, now);
    }

    synchronized void joined(Peer peer, long now) {
        if (bond == Bond.MERGING || members.contains(peer)) {
            return;
        }
        recognise(peer);
        List<Peer> more = new ArrayList<>(members);
        more.add(peer);
        changed(more, now);
    }

    /** A member that merges, or is started again at its address, takes the place that it had. */
    private void recognise(Peer peer) {
        for (Peer before : views.othersAt(peer)) {
            if (!members.contains(before)) {
                views = views.replacing(before, peer);
            }
        }
    }

    /**
     * A member was removed.
     *
     * @param ended whether its process has ended, as far as its connection tells; what a member notices that stood still
     *     or heard nobody is no proof: the others may have closed their connections to it
     */
    synchronized void left(Peer peer, boolean ended, long now) {
        if (bond == Bond.MERGING || !members.contains(peer)) {
            return;
        }
        if (ended && bond != Bond.STALLED && bond != Bond.UNHEARD) {
            views = views.without(peer);
        }
        changed(members.stream().filter(each -> !each.equals(peer)).toList(), now);
    }

    private void changed(List<Peer> all, long now) {
        members = List.copyOf(all);
        views = views.with(members);
        formed |= members.size() >= initialMembers;
        changedAt = now;
    }

    synchronized void stalled() {
        if (bond == Bond.CONFIRMED) {
            bond = Bond.STALLED;
        }
    }

    synchronized void merging() {
        bond = Bond.MERGING;
    }

    synchronized boolean wantsConfirmation() {
        return bond != Bond.CONFIRMED && bond != Bond.MERGING;
    }

    /** Another member, sure of its own place, has this one in its list: what it counts, this one counts. */
    synchronized void confirmedBy(MembershipAnswer answer, long now) {
        if (wantsConfirmation()) {
            bond = Bond.CONFIRMED;
            views = new Views(answer.views());
            members.forEach(this::recognise);
            formed |= answer.formed();
            changed(members, now);
        }
    }

    /**
     * All of these have this one in their lists, or it is alone; none of them is sure of its own place. Says nothing if
     * other members are known here: news of who was lost may be on the way.
     */
    synchronized void confirmedByAll(List<Peer> all, long now) {
        if (wantsConfirmation() && Set.copyOf(all).equals(Set.copyOf(members))) {
            bond = Bond.CONFIRMED;
            changedAt = now;
        }
    }

    /** Lets time pass: a list that has not changed for long, and carries this member, is the only one that counts. */
    synchronized void pass(long now) {
        if (now - changedAt >= SETTLED.toNanos()) {
            settle();
        }
    }

    synchronized void settle() {
        if (bond == Bond.CONFIRMED && standing() != Standing.CUT_OFF) {
            views = Views.NONE.with(members);
        }
    }

    synchronized MembershipAnswer answer(boolean member, boolean awake) {
        return new MembershipAnswer(member, awake && bond == Bond.CONFIRMED, formed, views.lists());
    }

    /** Why the member does not serve, and what to do about it. */
    synchronized String reason() {
        return switch (standing()) {
            case OPEN -> "serves";
            case FORMING ->
                members.size() < initialMembers
                        ? "is waiting for members: " + members.size() + " of " + initialMembers
                                + " have come; start the others, or lower ClusterBuilder.initialMembers"
                        : "has just joined and waits until another member confirms it";
            case STALLED ->
                "stood still and waits until another member confirms that it still belongs; it asks again"
                        + " by itself";
            case CUT_OFF ->
                "has lost sight of " + views.missing(heard()) + " members that may be alive without it, and"
                        + " serves again when it hears from them; if they are gone for good, restart the application on"
                        + " this node";
            case MERGING -> "is joining the other side of a split and serves again in a moment";
        };
    }
}
