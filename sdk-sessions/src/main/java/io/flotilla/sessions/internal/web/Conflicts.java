package io.flotilla.sessions.internal.web;

import io.flotilla.ClusterDataException;
import io.flotilla.sessions.AttributeMerger;
import io.flotilla.sessions.internal.live.Draft;
import io.flotilla.sessions.internal.live.LiveSession;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an attribute that a request and another one, on another member, have changed at the same moment. The
 * application's merger decides if there is one. Otherwise an explicit write stays above a change inside an object, and else
 * the later commit, this one, wins. An attribute that was written again with the content that this request saw is not in
 * conflict.
 */
record Conflicts(SessionScope scope, LiveSession live, AttributeView attributes) {

    void resolve(List<Draft.Encoded> changes, Map<String, @Nullable StoredAttribute> present) {
        for (Draft.Encoded each : changes) {
            if (present.containsKey(each.draft().name())) {
                resolve(each.draft(), present.get(each.draft().name()));
            }
        }
    }

    private void resolve(Draft draft, @Nullable StoredAttribute present) {
        if (isSameContent(draft.base(), present)) {
            live.rebase(draft, present);
        } else if (!isMerged(draft, present)) {
            decide(draft, present);
        }
    }

    private void decide(Draft draft, @Nullable StoredAttribute present) {
        boolean explicitlyRemovedOrSet = present == null || present.explicit();
        if (!draft.explicit() && explicitlyRemovedOrSet) {
            scope.metrics().dropped();
            attributes.giveWay(draft, present);
        } else {
            scope.metrics().overwritten();
            live.rebase(draft, present);
        }
    }

    /** Not if there is no merger, or what it would need cannot be read: written by another release, say. */
    private boolean isMerged(Draft draft, @Nullable StoredAttribute present) {
        AttributeMerger merger = scope.writing().merger();
        if (merger == null) {
            return false;
        }
        Object base;
        Object theirs;
        try {
            base = value(draft, draft.base());
            theirs = value(draft, present);
        } catch (ClusterDataException unreadable) {
            return false;
        }
        scope.metrics().merged();
        attributes.settle(draft, present, merger.merge(draft.name(), base, theirs, draft.value()));
        return true;
    }

    private @Nullable Object value(Draft draft, @Nullable StoredAttribute stored) {
        return stored == null ? null : scope.codec().decode(draft.name(), stored.bytes());
    }

    private static boolean isSameContent(@Nullable StoredAttribute seen, @Nullable StoredAttribute present) {
        if (seen == null || present == null) {
            return seen == null && present == null;
        }
        return Arrays.equals(seen.bytes(), present.bytes());
    }
}
