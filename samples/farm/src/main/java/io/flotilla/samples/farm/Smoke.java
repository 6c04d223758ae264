package io.flotilla.samples.farm;

import static io.flotilla.samples.farm.SmokeReport.check;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The story from end to end: what the farm promises, tried on a farm that runs. */
final class Smoke {
    private static final int VISITS = 60;
    private static final int WRITERS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** After what time no node answers what was there before a change. */
    private static final Duration STALENESS = Duration.ofSeconds(3);

    private final Farm farm;
    private final URI front;
    private final SmokeReport report;
    private final Visitor visitor = new Visitor();

    Smoke(Farm farm, URI front, SmokeReport report) {
        this.farm = farm;
        this.front = front;
        this.report = report;
    }

    /** Runs all steps; true if none failed. */
    boolean run() {
        report.step("health", this::healthAnswers);
        report.step("session across nodes", this::sessionAcrossNodes);
        report.step("concurrent writes", this::concurrentWrites);
        report.step("change in place", this::changeInPlace);
        report.step("change of id", this::changeOfId);
        report.step("invalidate", this::invalidate);
        report.step("cache across nodes", this::cacheAcrossNodes);
        report.step("cache loads once", this::cacheLoadsOnce);
        if (farm.nodes().size() > 1) {
            report.step("kill -9 of a node", this::killInTheMiddleOfWrites);
            report.step("restart of the killed node", () -> restart(1));
            report.step("drain of another under load", this::drainUnderLoad);
            report.step("restart of the drained node", () -> restart(0));
        } else {
            report.skip("kill and drain", "they need a second node");
        }
        return report.finish();
    }

    private String healthAnswers() {
        for (Node node : farm.nodes()) {
            for (String probe : List.of("live", "ready", "started")) {
                for (String method : List.of("GET", "HEAD", "OPTIONS")) {
                    int status = Visitor.status(method, node.url().resolve("/health/" + probe));
                    check(status == 200, method + " " + probe + " of " + node.name() + " answered " + status);
                }
            }
        }
        return "live, ready and started are 200 on " + farm.nodes().size() + " nodes, by GET, HEAD and OPTIONS";
    }

    private String sessionAcrossNodes() throws IOException {
        Map<String, Integer> answers = new TreeMap<>();
        int moves = 0;
        String last = "";
        for (int i = 1; i <= VISITS; i++) {
            Answer answer = visitor.post(front, "/api/session/counter/visits");
            check(answer.ok(), "visit " + i + " was answered " + answer);
            check(answer.attribute("visits").equals(Integer.toString(i)), "visit " + i + " found " + answer);
            answers.merge(answer.node(), 1, Integer::sum);
            moves += answer.node().equals(last) ? 0 : 1;
            last = answer.node();
        }
        check(
                answers.keySet().size() == farm.nodes().size(),
                "only " + answers.keySet() + " answered; are all nodes in rotation?");
        return VISITS + " visits on " + answers + ", each saw the one before, " + moves + " times from another node";
    }

    private String concurrentWrites() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
        try {
            List<CompletableFuture<Answer>> writes = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String path = "/api/session/attributes/a" + i + "?millis=200";
                URI node = farm.node(i % farm.nodes().size()).url();
                writes.add(CompletableFuture.supplyAsync(() -> put(node, path), pool));
            }
            for (CompletableFuture<Answer> write : writes) {
                Answer answer = write.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                check(answer.ok(), "a write was answered " + answer);
            }
        } finally {
            pool.shutdownNow();
        }
        Answer session = visitor.get(front, "/api/session");
        for (int i = 0; i < WRITERS; i++) {
            check(session.attribute("a" + i).equals("value"), "the write of a" + i + " is lost");
        }
        return WRITERS + " overlapping writes of different attributes on all nodes, none lost";
    }

    private Answer put(URI node, String path) {
        try {
            return visitor.put(node, path, "value");
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String changeInPlace() throws IOException {
        for (int i = 1; i <= 6; i++) {
            Answer answer = visitor.send("POST", front, "/api/session/list/items", "item");
            int size = answer.json().path("attributes").path("items").size();
            check(size == i, "after " + i + " additions the list had " + size + " items");
        }
        return "6 additions to a list without setAttribute, all kept";
    }

    private String changeOfId() throws IOException {
        Answer before = visitor.get(front, "/api/session");
        Visitor old = visitor.twin();
        Answer after = visitor.post(front, "/api/session/id");
        check(!after.sessionId().equals(before.sessionId()), "the id did not change");
        for (Node node : farm.nodes()) {
            Answer seen = visitor.get(node.url(), "/api/session");
            check(
                    seen.json().path("attributes").equals(before.json().path("attributes")),
                    "attributes differ on " + node.name());
            check(seen.sessionId().equals(after.sessionId()), "the id differs on " + node.name());
            check(old.get(node.url(), "/api/session").sessionId().isEmpty(), "the old id is alive on " + node.name());
        }
        return "attributes kept on every node, the old id is dead on every node";
    }

    private String invalidate() throws IOException {
        Visitor before = visitor.twin();
        check(visitor.delete(front, "/api/session").status() == 204, "it was refused");
        for (Node node : farm.nodes()) {
            check(
                    before.twin().get(node.url(), "/api/session").sessionId().isEmpty(),
                    "the session is alive on " + node.name());
        }
        return "the session is gone on every node";
    }

    private String cacheAcrossNodes() throws IOException {
        String path = "/api/cache/demo/smoke";
        check(visitor.put(front, path, "value").ok(), "the put was refused");
        for (Node node : farm.nodes()) {
            Answer seen = visitor.get(node.url(), path);
            check(seen.json().path("value").asText().equals("value"), "it is not there: " + seen);
            awaitAnswer(
                    node, path, answer -> answer.json().path("tier").asText().equals("L1"), "it does not stay near");
        }
        check(visitor.delete(front, path).ok(), "the invalidation was refused");
        for (Node node : farm.nodes()) {
            awaitAnswer(node, path, answer -> answer.status() == 404, "it is still there");
        }
        return "a value put on one node is near on every node, and gone everywhere when it is invalidated";
    }

    private void awaitAnswer(Node node, String path, Predicate<Answer> holds, String otherwise) throws IOException {
        Patience patience = new Patience(STALENESS);
        Answer answer = visitor.get(node.url(), path);
        while (!holds.test(answer) && patience.more()) {
            answer = visitor.get(node.url(), path);
        }
        check(holds.test(answer), otherwise + " on " + node.name() + ": " + answer);
    }

    private String cacheLoadsOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
        try {
            List<CompletableFuture<Answer>> loads = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String path = "/api/cache/demo/smoke-load/load?millis=300&value=v" + i;
                URI node = farm.node(i % farm.nodes().size()).url();
                loads.add(CompletableFuture.supplyAsync(() -> get(node, path), pool));
            }
            for (CompletableFuture<Answer> load : loads) {
                Answer answer = load.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                check(answer.ok(), "a load was answered " + answer);
            }
        } finally {
            pool.shutdownNow();
        }
        int loaded = visitor.get(front, "/api/cache/demo/loads/smoke-load")
                .json()
                .path("loads")
                .asInt();
        check(loaded == 1, "the value was loaded " + loaded + " times");
        return WRITERS + " requests on all nodes asked for a value that takes 300 ms to load, one loaded it";
    }

    private Answer get(URI node, String path) {
        try {
            return visitor.get(node, path);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String killInTheMiddleOfWrites() throws IOException {
        Visitor writer = new Visitor();
        check(writer.post(front, "/api/session/counter/start").ok(), "there is no session to write to");
        try (Writes writes = Writes.start(writer, 4, request -> front)) {
            Patience patience = new Patience(PATIENCE);
            while (writes.acknowledged().size() < 20 && patience.more()) {
                // The wait is in more().
            }
            farm.node(1).kill();
            while (Visitor.status("GET", front.resolve("/api/session")) != 200 && patience.more()) {
                // The wait is in more().
            }
            writes.end();
            for (Node node : farm.nodes()) {
                if (node.alive()) {
                    Answer session = writer.get(node.url(), "/api/session");
                    check(session.ok(), "reading on " + node.name() + " was answered " + session);
                    check(writes.lostIn(session).isEmpty(), "lost on " + node.name() + ": " + writes.lostIn(session));
                }
            }
            return writes.acknowledged().size() + " attributes written over and over, none of the acknowledged lost";
        }
    }

    private String drainUnderLoad() throws Exception {
        try (Load load = Load.start(front, 4)) {
            load.await(50, new Patience(PATIENCE));
            int exitCode = farm.node(0).terminate().get(PATIENCE.toSeconds() + 10, TimeUnit.SECONDS);
            load.await(50, new Patience(PATIENCE));
            load.end();
            check(load.failures().isEmpty(), load.failures().size() + " failures: " + first(load));
            check(exitCode == 0, "the node's exit code was " + exitCode);
            return load.requests() + " requests, none failed, no session lost; the node's exit code was 0";
        }
    }

    private static String first(Load load) {
        return load.failures().stream().findFirst().orElse("none");
    }

    private String restart(int index) throws IOException {
        Node node = farm.restart(index);
        Patience patience = new Patience(PATIENCE);
        int members = members(node);
        while (members != farm.nodes().size() && patience.more()) {
            members = members(node);
        }
        check(members == farm.nodes().size(), node.name() + " sees " + members + " members");
        return node.name() + " is ready and sees " + members + " members";
    }

    private static int members(Node node) throws IOException {
        return new Visitor().get(node.url(), "/api/node").json().path("members").size();
    }
}
