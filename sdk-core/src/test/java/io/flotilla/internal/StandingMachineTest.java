package io.flotilla.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.SplitPolicy;
import io.flotilla.Standing;
import io.flotilla.internal.wire.MembershipAnswer;
import io.flotilla.internal.wire.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StandingMachineTest {
    private static final long SETTLED = StandingMachine.SETTLED.toNanos();

    private long now = Long.MAX_VALUE - SETTLED; // so that it overflows on the way

    static Peer peer(int number) {
        return new Peer(new UUID(0, number), "10.0.0." + number + ":5701");
    }

    static List<Peer> peers(int... numbers) {
        return IntStream.of(numbers).mapToObj(StandingMachineTest::peer).toList();
    }

    /** The machine of a member that has long been in a cluster of these. */
    private StandingMachine settled(int... members) {
        StandingMachine machine = machine(SplitPolicy.KEEP_MAJORITY, 1, members);
        pass(machine);
        return machine;
    }

    private StandingMachine machine(SplitPolicy policy, int initial, int... members) {
        StandingMachine machine = new StandingMachine(policy, initial);
        machine.entered(peers(members), now);
        machine.confirmedByAll(peers(members), now);
        return machine;
    }

    private void pass(StandingMachine machine) {
        now += SETTLED;
        machine.pass(now);
    }

    private void silent(StandingMachine machine, int... gone) {
        IntStream.of(gone).forEach(each -> machine.left(peer(each), false, now));
    }

    private void crashed(StandingMachine machine, int... gone) {
        IntStream.of(gone).forEach(each -> machine.left(peer(each), true, now));
    }

    @Test
    void theMajorityGoesOnAndTheRestDoesNot() {
        StandingMachine three = settled(1, 2, 3, 4, 5);
        silent(three, 1, 2);
        assertThat(three.standing()).isEqualTo(Standing.OPEN);

        StandingMachine two = settled(1, 2, 3, 4, 5);
        silent(two, 5, 4);
        assertThat(two.standing()).as("one by one they may seem a majority").isEqualTo(Standing.OPEN);
        silent(two, 3);
        assertThat(two.standing()).isEqualTo(Standing.CUT_OFF);
    }

    @Test
    void ofTwoHalvesTheOneWithTheOldestGoesOn() {
        StandingMachine older = settled(1, 2);
        silent(older, 2);
        assertThat(older.standing()).isEqualTo(Standing.OPEN);

        StandingMachine younger = settled(1, 2);
        silent(younger, 1);
        assertThat(younger.standing()).isEqualTo(Standing.CUT_OFF);
    }

    @Test
    void whoCrashedNoLongerCounts() {
        StandingMachine younger = settled(1, 2);
        crashed(younger, 1);
        assertThat(younger.standing()).isEqualTo(Standing.OPEN);

        StandingMachine last = settled(1, 2, 3, 4, 5);
        crashed(last, 1, 2, 3, 4);
        assertThat(last.standing()).isEqualTo(Standing.OPEN);
    }

    @Test
    void aCrashDoesNotHelpTheSmallerSide() {
        StandingMachine machine = settled(1, 2, 3, 4, 5);
        silent(machine, 3, 4, 5);
        crashed(machine, 2);
        assertThat(machine.standing()).isEqualTo(Standing.CUT_OFF);
    }

    @Test
    void aCutOffMemberIsNotHelpedByTime() {
        StandingMachine machine = settled(1, 2, 3);
        silent(machine, 1, 2);
        for (int i = 0; i < 10; i++) {
            pass(machine);
        }
        assertThat(machine.standing()).isEqualTo(Standing.CUT_OFF);
    }

    @Test
    void theMajorityCountsAnewOnceItHasSettled() {
        StandingMachine machine = settled(1, 2, 3, 4, 5);
        silent(machine, 1, 2);
        pass(machine);
        silent(machine, 3);
        assertThat(machine.standing()).as("two of three").isEqualTo(Standing.OPEN);
    }

    @Test
    void itDoesNotCountAnewBeforeItHasSettled() {
        StandingMachine machine = settled(1, 2, 3, 4, 5);
        silent(machine, 1, 2);
        now += SETTLED - 1;
        machine.pass(now);
        silent(machine, 3);
        assertThat(machine.standing()).as("two of five").isEqualTo(Standing.CUT_OFF);
    }

    /** Or those who have just seen it come could go on beside those who have not. */
    @Test
    void aNewMemberCountsBesidesTheOldListUntilItHasSettled() {
        StandingMachine newcomers = settled(1);
        newcomers.joined(peer(2), now);
        newcomers.joined(peer(3), now);
        silent(newcomers, 1);
        assertThat(newcomers.standing())
                .as("two of three, but not one of the one before")
                .isEqualTo(Standing.CUT_OFF);

        StandingMachine later = settled(1);
        later.joined(peer(2), now);
        later.joined(peer(3), now);
        pass(later);
        silent(later, 1);
        assertThat(later.standing()).isEqualTo(Standing.OPEN);
    }

    @Test
    void quickRestartsOfAllMembersInTurnHurtNobody() {
        StandingMachine machine = settled(1, 2, 3);
        for (int i = 1; i <= 3; i++) {
            crashed(machine, i);
            machine.joined(peer(i + 3), now);
            assertThat(machine.standing()).isEqualTo(Standing.OPEN);
        }
    }

    @Test
    void aMemberThatComesBackUnderANewIdTakesItsPlace() {
        StandingMachine machine = settled(1, 2);
        silent(machine, 1);
        machine.joined(new Peer(new UUID(9, 9), peer(1).address()), now);
        assertThat(machine.standing()).isEqualTo(Standing.OPEN);
    }

    @Test
    void aStrangerDoesNotReplaceASilentMember() {
        StandingMachine machine = settled(1, 2);
        silent(machine, 1);
        machine.joined(peer(3), now);
        pass(machine);
        assertThat(machine.standing()).isEqualTo(Standing.CUT_OFF);
        assertThat(machine.reason())
                .isEqualTo("has lost sight of 1 members that may be alive without it, and serves again when it hears"
                        + " from them; if they are gone for good, restart the application on this node");
    }

    /** Or the others would have taken over what this side still serves. */
    @Test
    void theSmallerSideStopsWhenItHearsNobodyEvenBeforeAnybodyIsRemoved() {
        StandingMachine machine = settled(1, 2, 3);
        machine.hears(Set.of(peer(1)), Set.of());
        assertThat(machine.standing()).isEqualTo(Standing.OPEN);
        machine.hears(Set.of(peer(1), peer(2)), Set.of());
        assertThat(machine.standing()).isEqualTo(Standing.CUT_OFF);

        machine.hears(Set.of(), Set.of());
        assertThat(machine.standing())
                .as("heard again, but perhaps given up meanwhile")
                .isEqualTo(Standing.CUT_OFF);
        machine.confirmedBy(settled(1, 2, 3).answer(true, true), now);
        assertThat(machine.standing()).isEqualTo(Standing.OPEN);
    }

    @Test
    void whoseProcessesHaveEndedAreNotSilentWhileTheyAreStillListed() {
        StandingMachine machine = settled(1, 2, 3);
        machine.hears(Set.of(peer(1), peer(2)), Set.of(peer(1), peer(2)));
        assertThat(machine.standing()).isEqualTo(Standing.OPEN);

        crashed(machine, 1, 2);
        assertThat(machine.standing()).isEqualTo(Standing.OPEN);
    }

    @Test
    void whatWhoHeardNobodySeesIsNoProofOfACrash() {
        StandingMachine machine = settled(1, 2, 3);
        machine.hears(Set.of(peer(1), peer(2)), Set.of());
        crashed(machine, 1, 2);
        machine.confirmedByAll(peers(3), now);
        assertThat(machine.standing()).isEqualTo(Standing.CUT_OFF);
    }

    @Test
    void whoKeepsServingIsNeverCutOff() {
        StandingMachine machine = machine(SplitPolicy.KEEP_SERVING, 1, 1, 2, 3);
        silent(machine, 1, 2);
        assertThat(machine.standing()).isEqualTo(Standing.OPEN);
    }

    @Test
    void aStalledMemberServesWhenAnotherConfirmsIt() {
        StandingMachine machine = settled(1, 2, 3);
        machine.stalled();
        assertThat(machine.standing()).isEqualTo(Standing.STALLED);
        assertThat(machine.wantsConfirmation()).isTrue();

        machine.confirmedBy(settled(1, 2, 3).answer(true, true), now);
        assertThat(machine.standing()).isEqualTo(Standing.OPEN);
    }

    /** The others closed their connections while it stood still: that looks like the end of their processes. */
    @Test
    void whatAStalledMemberSeesIsNoProofOfACrash() {
        StandingMachine machine = settled(1, 2, 3);
        machine.stalled();
        crashed(machine, 2, 3);
        machine.confirmedByAll(peers(1), now);
        assertThat(machine.standing()).isEqualTo(Standing.CUT_OFF);
    }

    /** The list of members may be ahead of the news of who was lost, and how. */
    @Test
    void whoIsAloneBeforeItHasHeardWhyIsNotConfirmed() {
        StandingMachine machine = settled(1, 2, 3);
        machine.stalled();
        silent(machine, 2);
        machine.confirmedByAll(peers(1), now);
        assertThat(machine.standing()).isEqualTo(Standing.STALLED);

        silent(machine, 3);
        machine.confirmedByAll(peers(1), now);
        assertThat(machine.standing()).isEqualTo(Standing.CUT_OFF);
    }

    @Test
    void aMergeClosesUntilTheNewSideConfirms() {
        StandingMachine machine = settled(1, 2, 3);
        silent(machine, 1, 2);
        machine.merging();
        machine.left(peer(1), true, now);
        machine.joined(peer(7), now);
        assertThat(machine.standing()).isEqualTo(Standing.MERGING);
        assertThat(machine.wantsConfirmation()).isFalse();

        Peer back = new Peer(new UUID(9, 9), peer(3).address());
        List<Peer> all = new ArrayList<>(peers(1, 2));
        all.add(back);
        machine.entered(all, now);
        assertThat(machine.standing()).isEqualTo(Standing.MERGING);
        assertThat(machine.wantsConfirmation()).isTrue();

        machine.confirmedBy(settled(1, 2, 3).answer(true, true), now);
        assertThat(machine.standing()).isEqualTo(Standing.OPEN);
        silent(machine, 1);
        assertThat(machine.standing()).as("two of three, itself one of them").isEqualTo(Standing.OPEN);
    }

    /** The answering member may be on the smaller side of a cut itself. */
    @Test
    void aNewMemberOfACutOffSideIsCutOffToo() {
        StandingMachine other = settled(1, 2, 3);
        silent(other, 1, 2);
        StandingMachine machine = new StandingMachine(SplitPolicy.KEEP_MAJORITY, 1);
        machine.entered(peers(3, 4), now);

        machine.confirmedBy(other.answer(true, true), now);
        pass(machine);
        assertThat(machine.standing()).isEqualTo(Standing.CUT_OFF);
    }

    @Test
    void anAnswerTellsWhetherTheAnsweringMemberIsSureItself() {
        StandingMachine machine = settled(1, 2);
        assertThat(machine.answer(true, true).confirmed()).isTrue();
        assertThat(machine.answer(true, false).confirmed())
                .as("it stands still")
                .isFalse();
        machine.stalled();
        assertThat(machine.answer(true, true).confirmed()).isFalse();
    }

    @Test
    void itWaitsForTheInitialMembersOnce() {
        StandingMachine machine = machine(SplitPolicy.KEEP_MAJORITY, 3, 1);
        assertThat(machine.standing()).isEqualTo(Standing.FORMING);
        assertThat(machine.reason())
                .isEqualTo("is waiting for members: 1 of 3 have come; start the others, or lower"
                        + " ClusterBuilder.initialMembers");
        machine.joined(peer(2), now);
        assertThat(machine.standing()).isEqualTo(Standing.FORMING);
        machine.joined(peer(3), now);
        assertThat(machine.standing()).isEqualTo(Standing.OPEN);
        crashed(machine, 2, 3);
        assertThat(machine.standing()).isEqualTo(Standing.OPEN);
    }

    @Test
    void aNewMemberOfAClusterThatWasCompleteOnceDoesNotWait() {
        StandingMachine machine = new StandingMachine(SplitPolicy.KEEP_MAJORITY, 3);
        machine.entered(peers(1, 2), now);
        machine.confirmedBy(new MembershipAnswer(true, true, true, List.of(peers(1, 2))), now);
        assertThat(machine.standing()).isEqualTo(Standing.OPEN);
    }
}
