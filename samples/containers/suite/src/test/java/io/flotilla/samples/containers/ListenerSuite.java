package io.flotilla.samples.containers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What listeners and values hear of sessions, however they were declared. */
public abstract class ListenerSuite extends FarmTest {
    private final List<String> names;

    protected ListenerSuite(Container container) {
        super(container);
        names = Stream.of("declared", "annotated", "before", "after")
                .filter(each -> container.scansAnnotations() || !each.equals("annotated"))
                .toList();
    }

    private List<String> heard(RunningContainer server, String id) throws IOException, InterruptedException {
        String lines = new Browser().body(server, contextPath() + "/session/heard?id=" + id);
        return lines.isEmpty() ? List.of() : List.of(lines.split("\n", -1));
    }

    private List<String> heardOnA(Browser browser) throws IOException, InterruptedException {
        return heard(farm().a(), requireNonNull(browser.cookie()));
    }

    private List<String> heardOnB(Browser browser) throws IOException, InterruptedException {
        return heard(farm().b(), requireNonNull(browser.cookie()));
    }

    /** Each listener once; they may be declared in any order but keep it. */
    private void assertAllHeard(List<String> heard, String what) {
        assertThat(heard)
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(each -> each + " " + what).toList());
    }

    @Test
    void allListenersHearOfANewSessionOnceWhereItIsCreated() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/id");
        assertAllHeard(heardOnA(browser), "created new=true");
        onB(browser, "/session/id");
        assertThat(heardOnB(browser)).isEmpty();
    }

    @Test
    void listenersAreCalledInTheOrderOfTheirDeclarationAndAtTheEndInReverse() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/id");
        List<String> created = heardOnA(browser);
        List<String> order = created.stream().map(each -> each.split(" ", 2)[0]).toList();
        assertThat(order).containsSubsequence("declared", "before", "after");
        onB(browser, "/session/invalidate");
        List<String> reversed = new ArrayList<>(
                heardOnB(browser).stream().map(each -> each.split(" ", 2)[0]).toList());
        Collections.reverse(reversed);
        assertThat(reversed).isEqualTo(order);
    }

    @Test
    void theEndIsToldWhereItHappensWithTheAttributesStillThere() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/set?name=x&value=1");
        onB(browser, "/session/invalidate");
        assertThat(heardOnB(browser).subList(0, names.size())).allMatch(each -> each.endsWith("destroyed with [x]"));
        assertAllHeard(heardOnB(browser).subList(names.size(), 2 * names.size()), "removed x=1");
        assertThat(heardOnA(browser)).noneMatch(each -> each.contains("destroyed"));
    }

    @Test
    void attributeListenersHearOfEachChange() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/id");
        onB(browser, "/session/set?name=x&value=1");
        assertAllHeard(heardOnB(browser), "added x=1");
        int before = heardOnA(browser).size();
        onA(browser, "/session/set?name=x&value=2");
        assertAllHeard(heardOnA(browser).subList(before, before + names.size()), "replaced x=1 by 2");
        onB(browser, "/session/remove?name=x");
        assertAllHeard(heardOnB(browser).subList(names.size(), 2 * names.size()), "removed x=2");
    }

    @Test
    void idListenersHearOfBothIds() throws Exception {
        Browser browser = new Browser();
        String old = onA(browser, "/session/id");
        String fresh = onB(browser, "/session/changeid");
        assertAllHeard(heard(farm().b(), old), "became " + fresh);
        assertAllHeard(heard(farm().b(), fresh), "changed its id");
    }

    @Test
    void anExpiredSessionsEndIsToldOnOneServerOnly() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/set?name=x&value=1");
        onB(browser, "/session/get?name=x");
        farm().time().advance(Duration.ofMinutes(31));
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            farm().time().advance(Duration.ofSeconds(10)); // the next sweep
            assertThat(ends(browser)).hasSize(names.size());
        });
        assertThat(ends(browser)).allMatch(each -> each.endsWith("destroyed with [x]"));
        farm().time().advance(Duration.ofMinutes(1));
        assertThat(ends(browser)).hasSize(names.size());
    }

    private List<String> ends(Browser browser) throws IOException, InterruptedException {
        return Stream.concat(heardOnA(browser).stream(), heardOnB(browser).stream())
                .filter(each -> each.contains("destroyed"))
                .toList();
    }

    @Test
    void aValueHearsThatItIsBoundReplacedAndUnbound() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/witness?name=x&value=one");
        assertThat(of("one", heardOnA(browser))).startsWith("one bound to x");
        onB(browser, "/session/witness?name=x&value=two");
        assertThat(of("one", heardOnB(browser))).contains("one unbound from x");
        assertThat(of("two", heardOnB(browser))).startsWith("two bound to x");
        onA(browser, "/session/remove?name=x");
        assertThat(of("two", heardOnA(browser))).endsWith("two unbound from x");
    }

    @Test
    void aValueHearsOfTheSessionsEnd() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/witness?name=x&value=one");
        onB(browser, "/session/invalidate");
        assertThat(of("one", heardOnB(browser))).endsWith("one unbound from x");
    }

    @Test
    void aValueHearsThatItMoves() throws Exception {
        Browser browser = new Browser();
        onA(browser, "/session/witness?name=x&value=one");
        assertThat(of("one", heardOnA(browser))).contains("one passivated");
        onB(browser, "/session/get?name=x");
        assertThat(of("one", heardOnB(browser))).contains("one activated");
    }

    private static List<String> of(String value, List<String> heard) {
        return heard.stream().filter(each -> each.startsWith(value + " ")).toList();
    }
}
