package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterDataException;
import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.NonSerializable;
import io.flotilla.sessions.internal.codec.AttributeCodec;
import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.sessions.internal.store.InMemorySessionStore.Verb;
import io.flotilla.testkit.CleanSlate;
import io.flotilla.testkit.ExpectLog;
import io.flotilla.testkit.TestTime;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests of two nodes at work on one session. */
@ExtendWith(CleanSlate.class)
final class ClusterSessionTest {
    private final TestTime time = new TestTime();
    private final InMemorySessionStore store = new InMemorySessionStore(time.clock());
    private final ServingNode here = new ServingNode(store, Duration.ofSeconds(30), time.clock(), time.ticker());
    private final ServingNode there = new ServingNode(store, Duration.ofSeconds(30), time.clock(), time.ticker());
    private SessionId id;

    @BeforeEach
    void create() {
        id = stored(Map.of());
    }

    private SessionId stored(Map<String, ?> attributes) {
        ClusterSession session = here.fresh();
        attributes.forEach(session::setAttribute);
        session.commit();
        session.leave();
        here.scope.lives().forgetAll(); // as if another node had stored it
        return session.id();
    }

    private ClusterSession here() {
        return here.open(id);
    }

    private ClusterSession there() {
        return there.open(id);
    }

    private void with(Object value) {
        id = stored(Map.of("a", value));
    }

    private static void done(ClusterSession request) {
        request.commit();
        request.leave();
    }

    /** What a request that comes now sees. */
    private @Nullable Object now(String name) {
        ClusterSession request = there();
        Object value = request.getAttribute(name);
        request.leave();
        return value;
    }

    private Map<String, Object> all() {
        ClusterSession request = there();
        Map<String, Object> all = new TreeMap<>();
        names(request).forEach(name -> all.put(name, requireNonNull(request.getAttribute(name))));
        request.leave();
        return all;
    }

    private static Set<String> names(HttpSession session) {
        return new TreeSet<>(Collections.list(session.getAttributeNames()));
    }

    @SuppressWarnings("unchecked") // the tests know what they stored
    private static <T> T got(ClusterSession request, Class<? super T> type) {
        Object value = requireNonNull(request.getAttribute("a"));
        assertThat(value).isInstanceOf(type);
        return (T) value;
    }

    private int commits() {
        return store.calls(Verb.COMMIT);
    }

    /** Whether the request has something to store. */
    private boolean writes(ClusterSession request) {
        int before = commits();
        done(request);
        return commits() > before;
    }

    @Test
    void nothingReadNothingStored() {
        with(new ArrayList<>(List.of("tea")));
        assertThat(writes(here())).isFalse();
    }

    @Test
    void sameObjectEveryTime() {
        with(new ArrayList<>(List.of("tea")));
        ClusterSession request = here();

        assertThat(request.getAttribute("a"))
                .isSameAs(request.getAttribute("a"))
                .isEqualTo(List.of("tea"));
        assertThat(request.getAttribute("b")).isNull();
    }

    @Test
    void changeInsideAListIsStored() {
        with(new ArrayList<>(List.of("tea")));
        ClusterSession request = here();
        ClusterSessionTest.<List<String>>got(request, List.class).add("rum");

        assertThat(writes(request)).isTrue();
        assertThat(now("a")).isEqualTo(List.of("tea", "rum"));
    }

    @Test
    void changeInsideAMapASetAndAnArrayIsStored() {
        with(new HashMap<>(Map.of("tea", 1)));
        ClusterSession map = here();
        ClusterSessionTest.<Map<String, Integer>>got(map, Map.class).put("tea", 2);
        done(map);
        assertThat(now("a")).isEqualTo(Map.of("tea", 2));

        with(new HashSet<>(Set.of("tea")));
        ClusterSession set = here();
        ClusterSessionTest.<Set<String>>got(set, Set.class).remove("tea");
        done(set);
        assertThat(now("a")).isEqualTo(Set.of());

        with(new LocalDate[] {LocalDate.EPOCH});
        ClusterSession dates = here();
        ClusterSessionTest.<LocalDate[]>got(dates, LocalDate[].class)[0] = LocalDate.MAX;
        done(dates);
        assertThat(now("a")).isEqualTo(new LocalDate[] {LocalDate.MAX});
    }

    @Test
    void changeDeepInsideIsStored() {
        with(new ArrayList<>(List.of(new ArrayList<>(List.of("tea")))));
        ClusterSession request = here();
        ClusterSessionTest.<List<List<String>>>got(request, List.class).get(0).add("rum");
        done(request);

        assertThat(now("a")).isEqualTo(List.of(List.of("tea", "rum")));
    }

    @Test
    void changeTakenBackIsNone() {
        with(new ArrayList<>(List.of("tea")));
        ClusterSession request = here();
        List<String> list = got(request, List.class);
        list.add("rum");
        list.remove("rum");

        assertThat(writes(request)).isFalse();
    }

    @Test
    @SuppressWarnings("JdkObsolete") // applications have them
    void untouchedCollectionIsNeverAChangeThoughItsBytesAreOthersAfterARoundTrip() {
        Set<String> set = new HashSet<>(1000);
        Map<String, Integer> shrunk = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            set.add("word" + i * 7919);
            shrunk.put("word" + i * 7919, i);
        }
        set.removeIf(each -> each.length() > 6);
        shrunk.keySet().removeIf(each -> each.length() > 6);
        Map<TimeUnit, String> byEnum = new HashMap<>();
        Map<TimeUnit, String> enumMap = new EnumMap<>(TimeUnit.class);
        for (TimeUnit each : TimeUnit.values()) {
            byEnum.put(each, each.name());
            enumMap.put(each, each.name());
        }
        Map<Object, Object> table = new Hashtable<>(shrunk);
        boolean otherBytes = false;
        for (Object value : List.of(set, shrunk, byEnum, enumMap, table, new TreeMap<>(shrunk))) {
            with(value);
            ClusterSession request = here();
            Object handedOut = requireNonNull(request.getAttribute("a"));
            assertThat(handedOut).isEqualTo(value);
            request.commit();
            assertThat(writes(request)).as("untouched %s", value.getClass()).isFalse();
            AttributeCodec codec = here.scope.codec();
            otherBytes |= !Arrays.equals(codec.encode("a", handedOut), codec.encode("a", value));
        }
        assertThat(otherBytes)
                .as("the test holds a value whose bytes change over a round trip")
                .isTrue();
    }

    /** Of a class that a node may not have. */
    private static final class Foreign implements Serializable {
        private static final long serialVersionUID = 1;
        private static boolean known = true;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (!known) {
                throw new InvalidClassException(Foreign.class.getName(), "unknown here");
            }
        }
    }

    @Test
    void unreadableAttributeIsAsIfItWasNotThereAndKeepsItsBytes() {
        id = stored(Map.of("bad", new Foreign(), "a", new ArrayList<>(List.of("tea"))));
        Foreign.known = false;
        try {
            ClusterSession request = here();
            assertThat(names(request)).containsExactly("a", "bad");
            assertThat(request.getAttribute("bad")).isNull();
            assertThat(request.getAttribute("bad")).isNull();
            assertThat(names(request)).containsExactly("a");
            ClusterSessionTest.<List<String>>got(request, List.class).add("rum");
            assertThat(writes(request)).as("a change of the other one").isTrue();

            ClusterSession reader = there();
            assertThat(reader.getAttribute("bad")).isNull();
            assertThat(writes(reader)).isFalse();
        } finally {
            Foreign.known = true;
        }

        assertThat(all().get("bad")).isInstanceOf(Foreign.class);
        assertThat(all().get("a")).isEqualTo(List.of("tea", "rum"));
    }

    @Test
    void unreadableAttributeCanBeSetAndRemoved() {
        id = stored(Map.of("bad", new Foreign(), "worse", new Foreign()));
        Foreign.known = false;
        try {
            ClusterSession request = here();
            assertThat(request.getAttribute("bad")).isNull();
            request.setAttribute("bad", "tea");
            request.removeAttribute("worse");
            assertThat(names(request)).containsExactly("bad");
            done(request);
        } finally {
            Foreign.known = true;
        }

        assertThat(all()).isEqualTo(Map.of("bad", "tea"));
    }

    /** Counts how often it is serialized. */
    private static final class Counted implements Serializable {
        private static final long serialVersionUID = 1;
        private static final AtomicInteger written = new AtomicInteger();

        private void writeObject(ObjectOutputStream out) throws IOException {
            written.incrementAndGet();
            out.defaultWriteObject();
        }
    }

    @Test
    void valueThatWasNotAskedForIsNeverSerialized() {
        id = stored(Map.of("a", new Counted(), "b", "tea"));
        Counted.written.set(0);
        ClusterSession reader = here();
        assertThat(reader.getAttribute("b")).isEqualTo("tea");
        assertThat(writes(reader)).isFalse();
        assertThat(Counted.written).hasValue(0);

        ClusterSession other = here();
        assertThat(other.getAttribute("a")).isNotNull();
        assertThat(writes(other)).isFalse();
        assertThat(Counted.written).as("once for the baseline, once to compare").hasValue(2);
    }

    @Test
    void removal() {
        id = stored(Map.of("a", "tea", "b", "rum"));
        ClusterSession request = here();
        request.removeAttribute("a");
        request.removeAttribute("never there");

        assertThat(request.getAttribute("a")).isNull();
        assertThat(names(request)).containsExactly("b");
        request.commit();
        assertThat(all()).hasToString("{b=rum}");
        assertThat(writes(request)).isFalse();
    }

    @Test
    void setThenRemovedIsNothingIfItWasNeverStored() {
        ClusterSession request = here();
        request.setAttribute("a", "tea");
        request.setAttribute("a", null);

        assertThat(names(request)).isEmpty();
        assertThat(writes(request)).isFalse();
    }

    @Test
    void removedThenSetIsSet() {
        with("tea");
        ClusterSession request = here();
        request.removeAttribute("a");
        request.setAttribute("a", "rum");
        done(request);

        assertThat(all()).hasToString("{a=rum}");
    }

    @Test
    void changeAfterACommitIsStoredByTheNextOne() {
        ClusterSession request = here();
        List<String> list = new ArrayList<>(List.of("tea"));
        request.setAttribute("a", list);
        request.commit();
        int commits = commits();
        request.commit();
        assertThat(commits()).isEqualTo(commits);
        list.add("rum");
        request.commit();

        assertThat(now("a")).isEqualTo(List.of("tea", "rum"));
        assertThat(request.getAttribute("a")).isSameAs(list);
        list.add("gin");
        done(request);
        assertThat(now("a")).isEqualTo(List.of("tea", "rum", "gin"));
    }

    @Test
    void requestsOfOneNodeShareTheObjectsAndSeeEachOthersChangesAtOnce() {
        with(new ArrayList<>(List.of("tea")));
        ClusterSession one = here();
        ClusterSession two = here();
        ClusterSessionTest.<List<String>>got(one, List.class).add("rum");
        one.setAttribute("b", "new");
        one.removeAttribute("none");

        assertThat(two.getAttribute("a")).isSameAs(one.getAttribute("a")).isEqualTo(List.of("tea", "rum"));
        assertThat(two.getAttribute("b")).isEqualTo("new");
        assertThat(names(two)).containsExactly("a", "b");
        one.setMaxInactiveInterval(77);
        assertThat(two.getMaxInactiveInterval()).isEqualTo(77);
    }

    @Test
    void eachRequestStoresWhatItWroteThoughAnotherOneOfTheNodeDoesNotStoreYet() {
        ClusterSession one = here();
        ClusterSession two = here();
        one.setAttribute("a", "one");
        two.setAttribute("b", "two");
        done(one);
        assertThat(all()).hasToString("{a=one}");
        done(two);
        assertThat(all()).hasToString("{a=one, b=two}");
        assertThat(here.conflicts("overwritten")).isZero();
    }

    @Test
    void objectChangedByTwoRequestsOfOneNodeIsStoredWithBothChanges() {
        with(new ArrayList<>());
        ClusterSession one = here();
        ClusterSession two = here();
        ClusterSessionTest.<List<String>>got(one, List.class).add("one");
        ClusterSessionTest.<List<String>>got(two, List.class).add("two");
        done(one);
        assertThat(now("a")).isEqualTo(List.of("one", "two"));
        assertThat(writes(two)).as("stored already").isFalse();
        assertThat(here.conflicts("overwritten")).isZero();
    }

    @Test
    void laterOfTwoWritesInOneNodeIsStoredWhicheverRequestEndsFirst() {
        ClusterSession one = here();
        ClusterSession two = here();
        one.setAttribute("a", "one");
        two.setAttribute("a", "two");
        done(one);
        assertThat(now("a")).isEqualTo("two");
        assertThat(writes(two)).isFalse();
    }

    @Test
    void changeInsideAnObjectOutlivesANewerValueOfAnotherAttribute() {
        id = stored(Map.of("a", new ArrayList<>(List.of("tea")), "b", "1"));
        ClusterSession one = here();
        ClusterSessionTest.<List<String>>got(one, List.class).add("rum");
        ClusterSession other = there();
        other.setAttribute("b", "2");
        done(other);
        ClusterSession two = here();
        assertThat(two.getAttribute("b")).isEqualTo("2");
        done(two);
        done(one);

        assertThat(all()).hasToString("{a=[tea, rum], b=2}");
    }

    /** R1 changes an object; another node stores a newer one, which R2 on R1's node installs; R1's change must not vanish. */
    @Test
    void changeInsideAnObjectIsNotForgottenWhenANewerValueTakesItsPlace() {
        with(new ArrayList<>(List.of("tea")));
        ClusterSession one = here();
        ClusterSessionTest.<List<String>>got(one, List.class).add("mine");
        ClusterSession other = there();
        ClusterSessionTest.<List<String>>got(other, List.class).add("theirs");
        done(other);
        ClusterSession two = here();
        assertThat(two.getAttribute("a")).as("R2 reads what was stored").isEqualTo(List.of("tea", "theirs"));
        done(two);
        done(one);

        assertThat(here.conflicts("overwritten")).as("seen, counted, decided").isEqualTo(1);
        assertThat(now("a")).isEqualTo(List.of("tea", "mine"));
    }

    @Test
    void readerOfAnObjectThatANewerValueReplacedStoresNothing() {
        with(new ArrayList<>(List.of("tea")));
        ClusterSession one = here();
        assertThat(one.getAttribute("a")).isEqualTo(List.of("tea"));
        ClusterSession other = there();
        other.setAttribute("a", new ArrayList<>(List.of("rum")));
        done(other);
        ClusterSession two = here();
        assertThat(two.getAttribute("a")).isEqualTo(List.of("rum"));

        assertThat(writes(one)).isFalse();
        assertThat(writes(two)).isFalse();
        assertThat(now("a")).isEqualTo(List.of("rum"));
    }

    @Test
    void answersThatArriveInTheWrongOrderDoNotTurnBackTime() {
        with("1");
        ClusterSession one = here();
        var live = here.scope.lives().join(id.key(), false);
        long early = live.ticket();
        var old = here.scope.repository().open(id.key(), id.hash("/shop"));
        one.setAttribute("a", "2");
        one.commit();
        live.refresh(old, early);

        assertThat(one.getAttribute("a")).isEqualTo("2");
        assertThat(here().getAttribute("a")).isEqualTo("2");
    }

    @Test
    void differentAttributesAreMerged() {
        id = stored(Map.of("a", "1", "b", "1"));
        ClusterSession mine = here();
        ClusterSession theirs = there();
        theirs.setAttribute("a", "theirs");
        done(theirs);
        mine.setAttribute("b", "mine");
        done(mine);

        assertThat(all()).hasToString("{a=theirs, b=mine}");
        assertThat(here.conflicts("overwritten")).isZero();
    }

    @Test
    void sameAttributeIsOverwrittenAndCounted() {
        id = stored(Map.of("a", "1", "b", "1"));
        ClusterSession mine = here();
        ClusterSession theirs = there();
        theirs.setAttribute("a", "theirs");
        done(theirs);
        mine.setAttribute("a", "mine");
        mine.setAttribute("b", "mine");
        done(mine);

        assertThat(all()).hasToString("{a=mine, b=mine}");
        assertThat(here.conflicts("overwritten")).isEqualTo(1);
        assertThat(here.conflicts("dropped")).isZero();
        assertThat(there.conflicts("overwritten")).isZero();
    }

    @Test
    void changeInsideAnObjectIsDroppedBelowAnExplicitWriteAndARemovalAndCounted() {
        for (Object written : Arrays.asList(new ArrayList<>(List.of("theirs")), null)) {
            id = stored(Map.of("a", new ArrayList<>(List.of("tea")), "b", "1"));
            double before = here.conflicts("dropped");
            ClusterSession mine = here();
            ClusterSessionTest.<List<String>>got(mine, List.class).add("mine");
            mine.setAttribute("b", "mine");
            ClusterSession theirs = there();
            theirs.setAttribute("a", written);
            done(theirs);
            mine.commit();

            assertThat(now("a")).isEqualTo(written);
            assertThat(now("b")).isEqualTo("mine");
            assertThat(mine.getAttribute("a")).isEqualTo(written);
            assertThat(writes(mine)).as("not sent again").isFalse();
            assertThat(here.conflicts("dropped")).isEqualTo(before + 1);
            assertThat(here.conflicts("overwritten")).isZero();
        }
    }

    @Test
    void sameContentWrittenAgainIsNoConflict() {
        with(new ArrayList<>(List.of("tea")));
        ClusterSession mine = here();
        ClusterSessionTest.<List<String>>got(mine, List.class).add("mine");
        ClusterSession theirs = there();
        theirs.setAttribute("a", new ArrayList<>(List.of("tea")));
        done(theirs);
        done(mine);

        assertThat(now("a")).isEqualTo(List.of("tea", "mine"));
        assertThat(here.conflicts("dropped")).isZero();
        assertThat(here.conflicts("overwritten")).isZero();
    }

    @Test
    void changeAfterACommitWhoseAnswerWasLostIsNotDropped() {
        with("1");
        ClusterSession mine = here();
        mine.setAttribute("a", "2");
        store.loseAnswers(Verb.COMMIT, 1);
        assertThatThrownBy(mine::commit).isInstanceOf(ClusterUnavailableException.class);
        mine.setAttribute("a", "3");
        done(mine);

        assertThat(now("a")).isEqualTo("3");
    }

    @Test
    void firstCommitMayBeSentAgainAfterItsAnswerWasLost() {
        ClusterSession created = here.fresh();
        created.setAttribute("a", "1");
        store.loseAnswers(Verb.COMMIT, 1);
        assertThatThrownBy(created::commit).isInstanceOf(ClusterUnavailableException.class);
        created.setAttribute("b", "2");
        done(created);
        id = created.id();

        assertThat(all()).hasToString("{a=1, b=2}");
    }

    @Test
    void whatCouldNotBeStoredIsTakenBackWhenTheRequestEnds() {
        with("1");
        ClusterSession stays = here();
        ClusterSession fails = here();
        fails.setAttribute("a", "lost");
        fails.setAttribute("b", "lost");
        assertThat(stays.getAttribute("a")).isEqualTo("lost");
        fails.leave();

        assertThat(stays.getAttribute("a")).isEqualTo("1");
        assertThat(stays.getAttribute("b")).isNull();
        assertThat(writes(stays)).isFalse();
    }

    @Test
    void allWritesOfARequestThatCouldNotStoreThemAreTakenBackWhoeverWroteInBetween() {
        with(new ArrayList<>(List.of("tea")));
        ClusterSession stays = here();
        List<String> object = got(stays, List.class);
        ClusterSession fails = here();
        fails.setAttribute("a", "lost");
        fails.removeAttribute("a");
        fails.setAttribute("b", "lost");
        fails.setAttribute("b", "lost again");
        ClusterSession between = here();
        between.setAttribute("b", "between");
        fails.leave();
        between.leave();

        assertThat(stays.getAttribute("a")).isSameAs(object);
        assertThat(stays.getAttribute("b")).isNull();
        object.add("rum");
        done(stays);
        assertThat(now("a")).isEqualTo(List.of("tea", "rum"));
    }

    @Test
    void commitStoresNothingThatOnlyANeighbourHasWritten() {
        with("1");
        ClusterSession one = here();
        one.setAttribute("a", "2");
        one.removeAttribute("b");
        one.commit();
        ClusterSession two = here();
        two.setAttribute("a", "not yet");
        two.setAttribute("b", "not yet");
        one.commit();

        assertThat(all()).hasToString("{a=2}");
    }

    @Test
    void mergerDecidesBetweenTwoNodes() {
        ServingNode merging = new ServingNode(
                store,
                Duration.ofSeconds(30),
                time.clock(),
                time.ticker(),
                NonSerializable.REFUSE,
                (name, base, theirs, mine) -> name + " " + base + " " + theirs + " " + mine);
        for (boolean explicit : new boolean[] {true, false}) {
            with(new ArrayList<>(List.of("base")));
            ClusterSession mine = merging.open(id);
            if (explicit) {
                mine.setAttribute("a", "mine");
            } else {
                ClusterSessionTest.<List<String>>got(mine, List.class).add("mine");
            }
            ClusterSession theirs = there();
            theirs.setAttribute("a", "theirs");
            done(theirs);
            mine.commit();

            String merged = "a [base] theirs " + (explicit ? "mine" : "[base, mine]");
            assertThat(now("a")).isEqualTo(merged);
            assertThat(mine.getAttribute("a")).isEqualTo(merged);
            assertThat(writes(mine)).isFalse();
        }
        assertThat(merging.conflicts("merged")).isEqualTo(2);
        assertThat(merging.conflicts("overwritten")).isZero();
    }

    @Test
    void mergerIsToldOfAnAttributeThatIsGoneAndMayRemoveIt() {
        List<String> seen = new ArrayList<>();
        ServingNode merging = new ServingNode(
                store, Duration.ofSeconds(30), time.clock(), time.ticker(), NonSerializable.REFUSE, (n, b, t, m) -> {
                    seen.add(b + " " + t + " " + m);
                    return null;
                });
        id = stored(Map.of("a", "1", "b", "1"));
        ClusterSession mine = merging.open(id);
        mine.setAttribute("a", "2");
        mine.removeAttribute("b");
        mine.setAttribute("c", "3");
        ClusterSession theirs = there();
        theirs.removeAttribute("a");
        theirs.setAttribute("b", "2");
        theirs.setAttribute("c", "2");
        done(theirs);
        done(mine);

        assertThat(seen).containsExactlyInAnyOrder("1 null 2", "1 2 null", "null 2 3");
        assertThat(all()).isEmpty();
    }

    private record Connection(String name) {}

    @Test
    void valueThatCannotBeSerializedIsRefusedByName() {
        ClusterSession request = here();
        assertThatThrownBy(() -> request.setAttribute("db", new Connection("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("session attribute 'db' must be serializable, was of "
                        + "io.flotilla.sessions.internal.web.ClusterSessionTest$Connection");
        assertThat(names(request)).isEmpty();
        assertThat(writes(request)).isFalse();
    }

    @Test
    @ExpectLog("is not serializable and stays on this node")
    void valueThatCannotBeSerializedStaysOnItsNodeIfThePolicySaysSo() {
        ServingNode keeping = new ServingNode(
                store, Duration.ofSeconds(30), time.clock(), time.ticker(), NonSerializable.KEEP_ON_NODE, null);
        id = stored(Map.of("a", "1"));
        Connection value = new Connection("x");
        ClusterSession first = keeping.open(id);
        first.setAttribute("a", value);
        first.setAttribute("b", value);
        done(first);
        assertThat(all()).as("elsewhere").isEmpty();

        ClusterSession second = keeping.open(id);
        assertThat(second.getAttribute("a")).isSameAs(value);
        assertThat(names(second)).containsExactly("a", "b");
        assertThat(writes(second)).isFalse();
        ClusterSession elsewhere = there();
        elsewhere.setAttribute("a", "2");
        done(elsewhere);
        ClusterSession third = keeping.open(id);
        assertThat(third.getAttribute("a")).as("what the cluster has is newer").isEqualTo("2");
        third.removeAttribute("b");
        done(third);
        ClusterSession fourth = keeping.open(id);
        assertThat(names(fourth)).containsExactly("a");
        fourth.setAttribute("c", value);
        fourth.invalidate();
        fourth.leave();
        assertThat(keeping.scope.lives().size()).isZero();
    }

    @Test
    void whatIsTooBigIsRefusedByNameAndNothingOfTheRequestIsStored() {
        with("1");
        ClusterSession attribute = here();
        attribute.setAttribute("a", "2");
        attribute.setAttribute("big", "x".repeat(2100));
        assertThatThrownBy(attribute::commit)
                .isInstanceOf(ClusterDataException.class)
                .hasMessageStartingWith("session attribute 'big' has 21")
                .hasMessageContaining(" bytes, more than sessions.maxAttributeSize allows (2000); keep big things");
        attribute.leave();
        assertThat(all()).hasToString("{a=1}");

        ClusterSession session = here();
        session.setAttribute("b", "x".repeat(1900));
        session.setAttribute("c", "x".repeat(1900));
        session.commit();
        session.setAttribute("d", "x".repeat(300));
        assertThatThrownBy(session::commit)
                .isInstanceOf(ClusterDataException.class)
                .hasMessageContaining(" bytes, more than sessions.maxSessionSize allows (4000)");
        session.setAttribute("b", "small");
        done(session);
        assertThat(all()).containsOnlyKeys("a", "b", "c", "d");
    }

    @Test
    void writeOfAnotherRequestBelowOneThatCouldNotBeStoredIsStored() {
        with("1");
        ClusterSession stays = here();
        stays.setAttribute("a", "stays");
        ClusterSession fails = here();
        fails.setAttribute("a", "lost");
        fails.leave();
        done(stays);

        assertThat(now("a")).isEqualTo("stays");
    }

    @Test
    void requestGoesOnWithWhatItSawAfterOthersWroteInBetween() {
        id = stored(Map.of("a", "1", "b", "1"));
        ClusterSession mine = here();
        ClusterSession theirs = there();
        theirs.setAttribute("b", "theirs");
        done(theirs);
        mine.setAttribute("a", "2");
        mine.commit();
        assertThat(mine.getAttribute("b")).isEqualTo("1");
        mine.setAttribute("a", "3");
        done(mine);

        assertThat(here.conflicts("overwritten")).isZero();
        assertThat(all()).hasToString("{a=3, b=theirs}");
    }

    @Test
    void sessionEndedByAnotherRequestTakesNoChangesAndDoesNotComeBack() {
        with("1");
        ClusterSession mine = here();
        ClusterSession neighbour = here();
        there().invalidate();
        mine.setAttribute("a", "2");
        done(mine);

        assertThat(there.find(id)).isNull();
        assertThatThrownBy(() -> neighbour.getAttribute("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sessionEndedByARequestOfThisNodeIsOverForItsNeighboursAtOnce() {
        with("1");
        ClusterSession mine = here();
        ClusterSession neighbour = here();
        mine.invalidate();

        assertThatThrownBy(() -> neighbour.setAttribute("a", "2")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(mine::invalidate).isInstanceOf(IllegalStateException.class);
        assertThat(writes(neighbour)).isFalse();
        mine.leave();
        assertThat(here.scope.lives().size()).isZero();
    }

    @Test
    void changesAfterTheRequestsEndAreRefusedInsteadOfLost() {
        with("1");
        ClusterSession request = here();
        done(request);

        assertThat(request.getAttribute("a")).isEqualTo("1");
        assertThatThrownBy(() -> request.setAttribute("a", "2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the request that got this session is over: what is changed now would not be stored");
        assertThatThrownBy(() -> request.removeAttribute("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void requestThatComesBackForAnErrorPageGoesOnWithTheSession() {
        with("1");
        ClusterSession request = here();
        done(request);
        request.comeBack();
        request.setAttribute("a", "2");
        done(request);

        assertThat(now("a")).isEqualTo("2");
        assertThat(here.scope.lives().size()).isZero();
    }

    @Test
    void nothingIsKeptWhenNoRequestIsLeft() {
        with("1");
        ClusterSession one = here();
        ClusterSession two = here();
        assertThat(here.scope.lives().size()).isEqualTo(1);
        one.leave();
        one.leave();
        assertThat(here.scope.lives().size()).isEqualTo(1);
        two.leave();
        assertThat(here.scope.lives().size()).isZero();
        assertThat(here.find(SessionId.create())).isNull();
        assertThat(here.scope.lives().size()).isZero();
    }

    @Test
    void requestUnderTheOldIdCannotGetANewOneAfterALogin() {
        ClusterSession stranger = there();
        ClusterSession login = here();
        login.changeId();
        done(login);
        stranger.setAttribute("a", "late");
        SessionId wanted = stranger.changeId();
        done(stranger);

        assertThat(here.find(wanted)).isNull();
        assertThat(stranger.id()).as("what the client has, and is told").isEqualTo(id);
        assertThat(here.find(id)).isNull();
        ClusterSession owner = here.open(login.id());
        assertThat(owner.getAttribute("a")).isEqualTo("late");
        owner.changeId();
        done(owner);
        assertThat(here.find(owner.id())).isNotNull();
    }
}
