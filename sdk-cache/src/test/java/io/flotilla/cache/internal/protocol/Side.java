package io.flotilla.cache.internal.protocol;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Members that are one cluster, and who of them has which partition. */
final class Side {
    private final Random random;
    private final List<SimMember> members = new ArrayList<>();
    private final Map<Integer, SimMember> owners = new HashMap<>();
    private final Map<Integer, SimMember> backups = new HashMap<>();
    private final Map<Integer, Long> tables = new HashMap<>();
    private long table;

    Side(Random random) {
        this.random = random;
    }

    List<SimMember> members() {
        return members;
    }

    SimMember owner(int partition) {
        return requireNonNull(owners.get(partition));
    }

    @Nullable
    SimMember backup(int partition) {
        return backups.get(partition);
    }

    /** Which change of the partition's owner or backup was the last. */
    long table(int partition) {
        return tables.getOrDefault(partition, 0L);
    }

    /** The first owners. */
    void begin() {
        for (int partition = 0; partition < Farm.PARTITIONS; partition++) {
            give(partition, any(members), new HashMap<>());
        }
    }

    void migrate(int partition, SimMember to) {
        SimMember from = owner(partition);
        if (!from.equals(to)) {
            from.stream().lost(partition);
            give(partition, to, from.store().giveUp(partition));
        }
    }

    /** What a cut leaves of a cluster goes on with what its members have. */
    Side after(List<SimMember> staying) {
        Side side = new Side(random);
        side.members.addAll(staying);
        side.table = table + 1;
        for (int partition = 0; partition < Farm.PARTITIONS; partition++) {
            SimMember owner = owner(partition);
            if (staying.contains(owner)) {
                side.owners.put(partition, owner);
            } else {
                side.promote(partition, backups.get(partition));
            }
            side.newBackup(partition);
        }
        return side;
    }

    void remove(SimMember gone) {
        members.remove(gone);
        for (int partition = 0; partition < Farm.PARTITIONS; partition++) {
            if (owner(partition).equals(gone)) {
                promote(partition, backups.get(partition));
                newBackup(partition);
            } else if (gone.equals(backups.get(partition))) {
                newBackup(partition);
            }
        }
    }

    private void promote(int partition, @Nullable SimMember backup) {
        boolean there = backup != null && members.contains(backup);
        SimMember next = there ? requireNonNull(backup) : any(members);
        give(partition, next, there ? next.store().copyOf(partition) : new HashMap<>());
    }

    private void give(int partition, SimMember to, Map<Integer, Row<Value>> rows) {
        owners.put(partition, to);
        to.store().takeOver(partition, rows);
        newBackup(partition);
    }

    void newBackup(int partition) {
        tables.put(partition, ++table);
        SimMember owner = owner(partition);
        List<SimMember> others =
                members.stream().filter(each -> !each.equals(owner)).toList();
        backups.remove(partition);
        if (!others.isEmpty()) {
            SimMember backup = any(others);
            backups.put(partition, backup);
            backup.store().keepCopy(partition, owner.store().rows(partition));
        }
    }

    /** After a merge: nobody knows what the other side has removed. */
    void forgetAll() {
        for (int partition = 0; partition < Farm.PARTITIONS; partition++) {
            owner(partition).store().rows(partition).clear();
            newBackup(partition);
        }
        members.forEach(each -> each.stream().forgetAll());
    }

    private SimMember any(List<SimMember> some) {
        return some.get(random.nextInt(some.size()));
    }
}
