package io.flotilla.storage.internal.mirror;

import io.flotilla.spi.Check;
import java.util.regex.Pattern;

/**
 * A node that keeps copies, or has kept some: a directory rather than a process, since it comes back with what it holds.
 *
 * @param id of the directory, 32 hexadecimal digits
 * @param zone what may fail as one: copies go to different zones while there are any
 * @param weight how much it takes compared with others
 * @param standing how far others may count on it
 */
record MirrorNode(String id, String zone, int weight, Standing standing) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    MirrorNode {
        Check.that(ID.matcher(id).matches(), "storage.nodeId must be 32 hexadecimal digits, was %s", id);
    }

    /** Only ever grows. */
    enum Standing {
        /** May hold something of which there are not all copies: it has stored alone, or has not looked through yet. */
        NEW,
        /** Whatever it holds has all its copies, or is on its way to have them and was not stored by it alone. */
        COPIED,
        /** Given up by the operator. */
        GONE
    }

    MirrorNode with(Standing later) {
        return later.compareTo(standing) > 0 ? new MirrorNode(id, zone, weight, later) : this;
    }

    /** What two have heard of the same node. */
    MirrorNode merge(MirrorNode other) {
        Standing later = standing.compareTo(other.standing) >= 0 ? standing : other.standing;
        String firstZone = zone.compareTo(other.zone) >= 0 ? zone : other.zone;
        return new MirrorNode(id, firstZone, Math.max(weight, other.weight), later);
    }
}
