package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flotilla.ClusterUnavailableException;
import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.sessions.internal.web.SessionFinder.Found;
import io.flotilla.sessions.internal.wire.Turn;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive requests of two nodes append to one list, and lose their turns; others read the list, write something else and
 * go and come back, on the same nodes. The list has what was acknowledged, in that order, and nothing else.
 */
final class ExclusivePropertyTest {
    private static final int STEPS = 100;

    @Property(tries = 400)
    void listHasWhatWasAcknowledged(@ForAll long seed) {
        new Run(new Random(seed)).all();
    }

    private static final class Exclusive {
        private final ClusterSession session;
        private final SessionTurn turn;
        private final List<String> pending = new ArrayList<>();

        Exclusive(Found found) {
            session = requireNonNull(found.session());
            turn = requireNonNull(found.turn());
        }

        void end() {
            session.leave();
            turn.leave();
        }
    }

    private static final class Neighbour {
        private final ClusterSession session;
        private boolean away;

        Neighbour(ClusterSession session) {
            this.session = session;
        }
    }

    /** A node with its exclusive request, of which there is one at most. */
    private static final class Site {
        private final ServingNode node;
        private @Nullable Exclusive exclusive;

        Site(ServingNode node) {
            this.node = node;
        }
    }

    private static final class Run {
        private final Random random;
        private final TestTime time = new TestTime();
        private final InMemorySessionStore store = new InMemorySessionStore(time.clock());
        private final List<Site> sites = List.of(site(), site());
        private final List<Neighbour> neighbours = new ArrayList<>();
        private final List<String> acknowledged = new ArrayList<>();
        private final List<String> steps = new ArrayList<>();
        private final SessionId id;
        private @Nullable Exclusive holder;
        private int next;

        Run(Random random) {
            this.random = random;
            ClusterSession first = sites.get(0).node.fresh();
            first.setAttribute("list", new ArrayList<String>());
            first.commit();
            first.leave();
            id = first.id();
        }

        private Site site() {
            return new Site(new ServingNode(store, Duration.ofSeconds(30), time.clock(), time.ticker()));
        }

        void all() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            sites.forEach(this::end);
            while (!neighbours.isEmpty()) {
                end(neighbours.get(0));
            }
            sites.forEach(site -> {
                check(list(begin(site)));
                end(site);
                assertThat(site.node.scope.lives().size()).isZero();
                assertThat(site.node.scope.turns().size()).isZero();
            });
        }

        private void step() {
            Site site = sites.get(random.nextInt(sites.size()));
            Exclusive exclusive = site.exclusive;
            if (random.nextBoolean()) {
                neighbour(site);
            } else if (exclusive == null) {
                check(list(begin(site)));
            } else {
                switch (random.nextInt(5)) {
                    case 0 -> end(site);
                    case 1 -> commit(site, exclusive);
                    default -> append(exclusive);
                }
            }
        }

        private ClusterSession begin(Site site) {
            if (holder != null) {
                time.advance(Turn.LEASE);
            }
            steps.add("an exclusive request begins on node " + sites.indexOf(site));
            Exclusive exclusive = new Exclusive(SessionFinder.findInTurn(
                    site.node.scope, id, site.node.scope.turns().deadline()));
            site.exclusive = exclusive;
            holder = exclusive;
            return exclusive.session;
        }

        private void append(Exclusive exclusive) {
            String item = "item " + next++;
            steps.add(item);
            list(exclusive.session).add(item);
            exclusive.pending.add(item);
        }

        private void commit(Site site, Exclusive exclusive) {
            steps.add("it commits on node " + sites.indexOf(site));
            if (exclusive.equals(holder) || exclusive.pending.isEmpty()) {
                exclusive.session.commit();
                acknowledged.addAll(exclusive.pending);
                exclusive.pending.clear();
            } else {
                assertThatThrownBy(exclusive.session::commit)
                        .as(steps.toString())
                        .isInstanceOf(ClusterUnavailableException.class);
                exclusive.end();
                site.exclusive = null;
            }
        }

        private void end(Site site) {
            Exclusive exclusive = site.exclusive;
            if (exclusive == null) {
                return;
            }
            commit(site, exclusive);
            if (site.exclusive != null) {
                exclusive.end();
                site.exclusive = null;
            }
            if (exclusive.equals(holder)) {
                holder = null;
            }
        }

        private void neighbour(Site site) {
            if (neighbours.isEmpty() || (neighbours.size() < 4 && random.nextInt(3) == 0)) {
                steps.add("a neighbour begins on node " + sites.indexOf(site));
                Neighbour neighbour = new Neighbour(site.node.open(id));
                check(list(neighbour.session));
                neighbours.add(neighbour);
                return;
            }
            Neighbour neighbour = neighbours.get(random.nextInt(neighbours.size()));
            steps.add("neighbour " + neighbours.indexOf(neighbour));
            if (neighbour.away) {
                neighbour.session.comeBack();
                neighbour.away = false;
                return;
            }
            List<String> read = list(neighbour.session);
            assertThat(acknowledged.stream().limit(read.size())).as("%s", steps).containsExactlyElementsOf(read);
            switch (random.nextInt(4)) {
                case 0 -> end(neighbour);
                case 1 -> {
                    neighbour.session.commit();
                    neighbour.session.leave();
                    neighbour.away = true;
                }
                case 2 -> neighbour.session.setAttribute("x", next++);
                default -> neighbour.session.commit();
            }
        }

        private void end(Neighbour neighbour) {
            neighbour.session.commit();
            neighbour.session.leave();
            neighbours.remove(neighbour);
        }

        private void check(List<String> list) {
            assertThat(list).as("%s", steps).isEqualTo(acknowledged);
        }

        @SuppressWarnings("unchecked") // as stored above
        private static List<String> list(ClusterSession session) {
            return (List<String>) requireNonNull(session.getAttribute("list"));
        }
    }
}
