package io.flotilla.cache.internal.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has really been changed, and when that was acknowledged; every answer is held against it. */
final class Truth {
    /**
     * A change that was acknowledged.
     *
     * @param side the side of a cut that knows of it; {@link #ALL} if it is one cluster
     * @param group where the writer is if there is a cut that nobody has noticed
     * @param settled whether it was synchronous
     */
    private record Change(long number, long at, int side, int group, boolean settled) {}

    static final int ALL = -1;

    private final Map<Integer, Long> origin = new HashMap<>();
    private final Map<Integer, List<Change>> changes = new HashMap<>();
    private final Map<SimMember, Map<Integer, Long>> own = new HashMap<>();
    private final Map<String, Long> lastPut = new HashMap<>();
    private final Map<Long, Value> puts = new HashMap<>();
    private final Set<Long> answered = new HashSet<>();
    private long worstStaleness;
    private long hits;

    /** What a put brings: the same again only if its caller has been answered, since until then it may take place late. */
    Value put(long operation, int key, long now, long freshFor) {
        if (!answered.contains(operation)) {
            puts.put(operation, new Value(change(key), now, freshFor, true));
        }
        return requireNonNull(puts.get(operation));
    }

    void putAnswered(long operation) {
        answered.add(operation);
    }

    /** The origin changes. */
    long change(int key) {
        return origin.merge(key, 1L, Long::sum);
    }

    long present(int key) {
        return origin.getOrDefault(key, 0L);
    }

    void acknowledged(SimMember writer, int key, long number, long now) {
        changesOf(key).add(new Change(number, now, writer.visibleSide(), writer.group(), false));
        own.computeIfAbsent(writer, m -> new HashMap<>()).merge(key, number, Math::max);
    }

    void settled(SimMember writer, int key, long number, long now) {
        changesOf(key).add(new Change(number, now, writer.visibleSide(), writer.group(), true));
    }

    /** A cut shows: from now on each side knows only what it has. */
    void parted(long cutAt) {
        changes.values()
                .forEach(each -> each.replaceAll(change -> change.at() < cutAt
                        ? change
                        : new Change(change.number(), change.at(), change.group(), change.group(), change.settled())));
    }

    /** The sides have merged, and every change counts everywhere. */
    void healed(long now) {
        changes.values()
                .forEach(each -> each.replaceAll(
                        change -> change.side() == ALL ? change : new Change(change.number(), now, ALL, 0, false)));
    }

    /** @param skew by how much a time to live may be off, in milliseconds */
    void firstTierAnswers(SimMember reader, int key, NearValue<Integer, Value> near, long now, int skew) {
        hits++;
        Value value = near.value();
        for (Change each : changesOf(key)) {
            if (value.number() < each.number() && each.side() != 1 - reader.group()) {
                worstStaleness = Math.max(worstStaleness, now - each.at());
                assertThat(now - each.at()).as("staleness").isLessThanOrEqualTo(Times.PROOF_NANOS);
                assertThat(each.settled())
                        .as("an answer older than a settled change")
                        .isFalse();
            }
        }
        long mine = own.getOrDefault(reader, Map.of()).getOrDefault(key, 0L);
        assertThat(value.number()).as("what this member wrote itself").isGreaterThanOrEqualTo(mine);
        assertThat(now - value.bornAt()).as("age").isLessThanOrEqualTo(Agenda.millis(value.freshFor() + skew + 1));
        String epoch = reader.id() + "/" + near.view().owner() + "/" + key;
        assertThat(value.number()).as("no way back").isGreaterThanOrEqualTo(lastPut.getOrDefault(epoch, 0L));
        if (value.put()) {
            lastPut.put(epoch, value.number());
        }
    }

    /** A value has gone from a first tier: a late answer may bring back an earlier one, as long as the bound allows. */
    void gone(SimMember reader, int key) {
        lastPut.keySet().removeIf(each -> each.startsWith(reader.id() + "/") && each.endsWith("/" + key));
    }

    void ownerAnswers(SimMember reader, int key, Value value, long askedAt) {
        assertThat(value.number()).as("what the owner says").isGreaterThanOrEqualTo(lastVisible(reader, key, askedAt));
    }

    private long lastVisible(SimMember reader, int key, long until) {
        return changesOf(key).stream()
                .filter(each -> each.at() < until && each.side() != 1 - reader.group())
                .mapToLong(Change::number)
                .max()
                .orElse(0);
    }

    /** The last change of a key that somebody was told has taken place. */
    long lastAcknowledged(int key) {
        return changesOf(key).stream().mapToLong(Change::number).max().orElse(0);
    }

    private List<Change> changesOf(int key) {
        return changes.computeIfAbsent(key, k -> new ArrayList<>());
    }

    long worstStaleness() {
        return worstStaleness;
    }

    long hits() {
        return hits;
    }
}
