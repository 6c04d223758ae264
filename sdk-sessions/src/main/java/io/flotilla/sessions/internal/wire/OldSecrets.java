package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The secrets that opened a session until a moment ago, so that a late request under an old cookie is told from a guess.
 * Immutable; at most {@value #MOST}, the latest first.
 */
record OldSecrets(List<Old> all) {
    static final OldSecrets NONE = new OldSecrets(List.of());

    private static final int MOST = 4;

    /** A hash and when it was replaced. */
    record Old(SecretHash hash, long replacedAt) {
        boolean isRecent(long now) {
            return now - replacedAt <= SessionRecord.ROTATED_MILLIS;
        }
    }

    OldSecrets with(SecretHash hash, long now) {
        List<Old> next = new ArrayList<>();
        next.add(new Old(hash, now));
        for (Old each : all) {
            if (each.isRecent(now) && next.size() < MOST) {
                next.add(each);
            }
        }
        return new OldSecrets(List.copyOf(next));
    }

    boolean match(SecretHash hash, long now) {
        boolean found = false;
        for (Old each : all) {
            found |= each.isRecent(now) && each.hash().matches(hash);
        }
        return found;
    }

    /** Whether this was the secret once, however long ago. */
    boolean holds(SecretHash hash) {
        return all.stream().anyMatch(each -> each.hash().matches(hash));
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeInt(all.size());
        for (Old each : all) {
            each.hash().write(out);
            out.writeLong(each.replacedAt());
        }
    }

    static OldSecrets read(ObjectDataInput in) throws IOException {
        int count = in.readInt();
        List<Old> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(new Old(SecretHash.read(in), in.readLong()));
        }
        return read.isEmpty() ? NONE : new OldSecrets(List.copyOf(read));
    }
}
