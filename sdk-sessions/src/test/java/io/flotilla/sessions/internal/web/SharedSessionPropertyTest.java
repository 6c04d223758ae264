package io.flotilla.sessions.internal.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.sessions.internal.store.InMemorySessionStore;
import io.flotilla.testkit.TestTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Requests of three nodes come and go in any order and work on one session: each attribute is written by one request at a
 * time, while the others read it and write others. What a commit has acknowledged is what the cluster has; a new request
 * sees that, or what a request of its own node has written since. An object that requests of one node share is stored by
 * whichever of them comes first. An older request sees nothing older than its beginning.
 */
final class SharedSessionPropertyTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final int STEPS = 120;

    @Property(tries = 400)
    void acknowledgedWritesAreThereAndNothingElseIs(@ForAll long seed) {
        new Run(new Random(seed)).all();
    }

    private static final class Request {
        private final String name;
        private final ServingNode node;
        private final ClusterSession session;
        /** What this request has written and not committed; the text of null for removed. */
        private final Map<String, String> pending = new HashMap<>();
        /** What may be read of each attribute: what was committed since the request began. */
        private final Map<String, Set<String>> readable = new HashMap<>();

        private boolean changedInside;

        Request(String name, ServingNode node, ClusterSession session) {
            this.name = name;
            this.node = node;
            this.session = session;
        }
    }

    private static final class Run {
        private final Random random;
        private final TestTime time = new TestTime();
        private final InMemorySessionStore store = new InMemorySessionStore(time.clock());
        private final List<ServingNode> nodes = List.of(node(), node(), node());
        private final ServingNode elsewhere = node();
        private final List<Request> open = new ArrayList<>();
        private final Map<String, String> committed = new HashMap<>();
        private final List<String> steps = new ArrayList<>();
        private SessionId id;
        private int next;

        Run(Random random) {
            this.random = random;
            ClusterSession first = nodes.get(0).fresh();
            id = first.id();
            first.commit();
            first.leave();
            NAMES.forEach(name -> committed.put(name, "null"));
        }

        private ServingNode node() {
            return new ServingNode(store, Duration.ofSeconds(30), time.clock(), time.ticker());
        }

        void all() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            while (!open.isEmpty()) {
                end(open.get(0));
            }
            Request last = begin(2);
            NAMES.forEach(name -> assertThat(text(last, name)).isEqualTo(committed.get(name)));
            end(last);
            nodes.forEach(node -> {
                assertThat(node.scope.lives().size()).isZero();
                assertThat(node.conflicts("overwritten")).isZero();
                assertThat(node.conflicts("dropped")).isZero();
            });
        }

        private void step() {
            if (open.isEmpty() || (open.size() < 5 && random.nextInt(4) == 0)) {
                check(begin(random.nextInt(nodes.size())));
                return;
            }
            Request request = open.get(random.nextInt(open.size()));
            switch (random.nextInt(8)) {
                case 0 -> end(request);
                case 1 -> commit(request);
                case 2 -> giveUp(request);
                case 3 -> newId(request);
                default -> write(request, NAMES.get(random.nextInt(NAMES.size())));
            }
        }

        private Request begin(int node) {
            String name = "request " + next++ + " on node " + node;
            steps.add(name + " begins");
            Request request = new Request(name, nodes.get(node), nodes.get(node).open(id));
            committed.forEach((each, value) -> request.readable.put(each, new HashSet<>(Set.of(value))));
            open.add(request);
            return request;
        }

        /** A new request sees the present. */
        private void check(Request request) {
            for (String name : NAMES) {
                Request writer = writer(name);
                boolean here = writer != null && writer.node.equals(request.node);
                String expected = here && writer != null ? writer.pending.get(name) : committed.get(name);
                assertThat(text(request, name)).as("%s after %s", name, steps).isEqualTo(expected);
            }
        }

        private @Nullable Request writer(String name) {
            return open.stream()
                    .filter(each -> each.pending.containsKey(name))
                    .findFirst()
                    .orElse(null);
        }

        private static String text(Request request, String name) {
            return String.valueOf(request.session.getAttribute(name));
        }

        private void write(Request request, String name) {
            Request writer = writer(name);
            String seen = text(request, name);
            if (writer != null && !writer.equals(request)) {
                boolean here = writer.node.equals(request.node);
                assertThat(request.readable.get(name))
                        .as("or of its neighbour")
                        .contains(here && seen.equals(writer.pending.get(name)) ? any(request, name) : seen);
                return;
            }
            if (writer == null && !seen.equals(committed.get(name))) {
                assertThat(request.readable.get(name)).contains(seen);
                return; // a write on top of this would be a conflict
            }
            switch (random.nextInt(4)) {
                case 0 -> request.session.setAttribute(name, "text " + next++);
                case 1 -> request.session.setAttribute(name, new ArrayList<>(List.of("list " + next++)));
                case 2 -> request.session.removeAttribute(name);
                default -> changeInside(request, name);
            }
            String now = text(request, name);
            if (!now.equals(seen)) {
                steps.add(request.name + ": " + name + " from " + seen + " to " + now);
                request.pending.put(name, now);
            }
        }

        private static String any(Request request, String name) {
            return requireNonNull(request.readable.get(name)).iterator().next();
        }

        @SuppressWarnings("unchecked") // the run knows what it stored
        private void changeInside(Request request, String name) {
            if (request.session.getAttribute(name) instanceof List<?> list) {
                ((List<String>) list).add("inside " + next++);
                request.changedInside = true;
            }
        }

        private void commit(Request request) {
            steps.add(request.name + " commits");
            request.session.commit();
            request.pending.forEach(this::stored);
            request.pending.clear();
            request.changedInside = false;
            open.stream()
                    .filter(each -> each.node.equals(request.node) && !each.pending.isEmpty())
                    .forEach(this::mayBeStored);
        }

        /** An object that a neighbour has set or changed is stored by whichever request of the node got it too. */
        private void mayBeStored(Request neighbour) {
            ClusterSession probe = elsewhere.open(id);
            neighbour.pending.forEach((name, value) -> {
                if (value.equals(String.valueOf(probe.getAttribute(name)))) {
                    stored(name, value);
                }
            });
            probe.leave();
        }

        private void stored(String name, String value) {
            committed.put(name, value);
            open.forEach(each -> requireNonNull(each.readable.get(name)).add(value));
        }

        private void end(Request request) {
            commit(request);
            request.session.leave();
            open.remove(request);
        }

        /** Ends without a commit, as after an outage. What was changed inside an object cannot be taken back. */
        private void giveUp(Request request) {
            if (!request.changedInside) {
                steps.add(request.name + " gives up");
                request.session.leave();
                open.remove(request);
            }
        }

        /** Only where no other request would go on under the old id. */
        private void newId(Request request) {
            if (open.size() == 1) {
                request.session.changeId();
                commit(request);
                id = request.session.id();
            }
        }
    }
}
