package io.flotilla.samples.farm;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who uses a session in random ways, on a random node each time, and knows what must be in it. What was not
 * acknowledged may be there or not until the next acknowledged write of the same attribute; after that it may not. A session
 * whose end or change of id was not acknowledged is given up.
 */
final class ModelUser {
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final String LIST = "list";
    private static final int REMEMBERED = 20;

    private final String name;
    private final Random random;
    private final IntFunction<URI> nodes;
    private final int nodeCount;
    private final ExecutorService pool;
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final List<Visitor> dead = new ArrayList<>();
    private final Map<String, Known> known = new HashMap<>();
    private Visitor visitor = new Visitor();
    private List<String> items = new ArrayList<>();
    private Set<String> doubtfulItems = new HashSet<>();
    private boolean begun;
    private int next;
    private int acknowledged;

    /** An attribute: what it is, and what it may be besides. */
    private static final class Known {
        private String value = "";
        private final Set<String> doubtful = new HashSet<>();

        void acknowledge(String now) {
            value = now;
            doubtful.clear();
        }

        boolean allows(String actual) {
            return actual.equals(value) || doubtful.contains(actual);
        }
    }

    ModelUser(String name, long seed, IntFunction<URI> nodes, int nodeCount, ExecutorService pool) {
        this.name = name;
        this.random = new Random(seed);
        this.nodes = nodes;
        this.nodeCount = nodeCount;
        this.pool = pool;
    }

    List<String> wrong() {
        return wrong;
    }

    int acknowledged() {
        return acknowledged;
    }

    void step() {
        if (!begun) {
            begin();
            return;
        }
        switch (random.nextInt(16)) {
            case 0, 1 -> check(send("GET", "/api/session", ""));
            case 2, 3, 4, 5 -> put(NAMES.get(random.nextInt(NAMES.size())));
            case 6, 7 -> putTwoAtOnce();
            case 8, 9, 10 -> add();
            case 11 -> remove(NAMES.get(random.nextInt(NAMES.size())));
            case 12, 13 -> changeId();
            case 14 -> askTheDead();
            default -> end();
        }
    }

    private URI node() {
        return nodes.apply(random.nextInt(nodeCount));
    }

    /** Null if there was no answer, or a refusal. */
    private @Nullable Answer send(String method, String path, String body) {
        return send(visitor, node(), method, path, body);
    }

    private @Nullable Answer send(Visitor who, URI node, String method, String path, String body) {
        try {
            Answer answer = who.send(method, node, path, body);
            if (answer.ok()) {
                return answer;
            }
            if (answer.status() != 503) {
                wrong.add(name + ": " + method + " " + path + " was answered " + answer);
            }
            return null;
        } catch (IOException noAnswer) {
            return null;
        }
    }

    private void begin() {
        visitor = new Visitor();
        Answer answer = send("PUT", "/api/session/attributes/owner", name);
        if (answer != null) {
            begun = true;
            NAMES.forEach(each -> known.put(each, new Known()));
            items = new ArrayList<>();
            doubtfulItems = new HashSet<>();
            check(answer);
        }
    }

    private void put(String attribute) {
        String value = name + " " + next++;
        settle(attribute, value, send("PUT", "/api/session/attributes/" + attribute, value));
    }

    private void putTwoAtOnce() {
        String one = name + " " + next++;
        String two = name + " " + next++;
        URI other = node();
        Visitor who = visitor;
        CompletableFuture<@Nullable Answer> second =
                CompletableFuture.supplyAsync(() -> send(who, other, "PUT", "/api/session/attributes/b", two), pool);
        Answer first = send("PUT", "/api/session/attributes/a", one);
        Answer answer;
        try {
            answer = second.join();
        } catch (CompletionException failure) {
            wrong.add(name + ": " + failure);
            return;
        }
        // Either answer may have been given before the other write.
        note("a", one, first != null);
        note("b", two, answer != null);
        check(send("GET", "/api/session", ""));
    }

    private void remove(String attribute) {
        settle(attribute, "", send("DELETE", "/api/session/attributes/" + attribute, ""));
    }

    private void settle(String attribute, String value, @Nullable Answer answer) {
        note(attribute, value, answer != null);
        check(answer);
    }

    private void note(String attribute, String value, boolean isAcknowledged) {
        Known attributes = known.getOrDefault(attribute, new Known());
        if (isAcknowledged) {
            attributes.acknowledge(value);
            acknowledged++;
        } else {
            attributes.doubtful.add(value);
        }
    }

    private void add() {
        String item = name + " " + next++;
        Answer answer = send("POST", "/api/session/list/" + LIST, item);
        if (answer == null) {
            doubtfulItems.add(item);
            return;
        }
        acknowledged++;
        List<String> expected = new ArrayList<>(items);
        expected.add(item);
        items = expected;
        check(answer);
        items = itemsOf(answer); // whatever was in doubt has been decided
        doubtfulItems = new HashSet<>();
    }

    private void changeId() {
        Visitor old = visitor.twin();
        Answer answer = send("POST", "/api/session/id", "");
        if (answer == null) {
            begun = false;
            return;
        }
        bury(old);
        check(answer);
    }

    private void end() {
        Visitor old = visitor.twin();
        begun = false;
        if (send("DELETE", "/api/session", "") != null) {
            acknowledged++;
            bury(old);
        }
    }

    private void bury(Visitor old) {
        if (dead.size() == REMEMBERED) {
            dead.remove(random.nextInt(REMEMBERED));
        }
        dead.add(old);
    }

    private void askTheDead() {
        if (dead.isEmpty()) {
            return;
        }
        Visitor ghost = dead.get(random.nextInt(dead.size())).twin();
        Answer answer = send(ghost, node(), "GET", "/api/session", "");
        if (answer != null && !answer.sessionId().isEmpty()) {
            wrong.add(name + ": a session that ended, or an id that was changed, is alive: " + answer);
        }
    }

    /** Compares an answer with what must be. */
    private void check(@Nullable Answer answer) {
        if (answer == null) {
            return;
        }
        if (answer.sessionId().isEmpty() || !answer.attribute("owner").equals(name)) {
            wrong.add(name + ": expected its own session, got " + answer);
            begun = false;
            return;
        }
        known.forEach((attribute, each) -> {
            if (!each.allows(answer.attribute(attribute))) {
                wrong.add(name + ": '" + attribute + "' should be '" + each.value + "' or one of " + each.doubtful
                        + ", but " + answer);
            }
        });
        List<String> actual = itemsOf(answer);
        List<String> certain = new ArrayList<>(actual);
        certain.removeAll(doubtfulItems);
        List<String> expected = new ArrayList<>(items);
        expected.removeAll(doubtfulItems);
        if (!certain.equals(expected)) {
            wrong.add(name + ": the list should be " + items + " and maybe " + doubtfulItems + ", but " + answer);
        }
    }

    private static List<String> itemsOf(Answer answer) {
        List<String> items = new ArrayList<>();
        answer.json().path("attributes").path(LIST).forEach(each -> items.add(each.asText()));
        return items;
    }
}
