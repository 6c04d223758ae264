package io.flotilla.sessions.internal.store;

import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.CommitReply;
import io.flotilla.sessions.internal.wire.HeadChange;
import io.flotilla.sessions.internal.wire.StoredAttribute;
import io.flotilla.sessions.internal.wire.Version;
import java.util.ArrayList;
import java.util.List;

/** Commits as a request does that always has its way. */
final class Fitting {
    private Fitting() {}

    /** Sends changes on top of what others store until they fit; the last answer is never a conflict. */
    static CommitReply commit(
            SessionRepository repository, String key, HeadChange head, Version seen, AttributeChange... changes) {
        return repository.inTurn(key, () -> {
            CommitReply reply = repository.commit(key, new Changes(head, seen, List.of(changes)));
            List<AttributeChange> rebased = List.of(changes);
            while (reply.status() == CommitReply.Status.CONFLICT) {
                rebased = rebased(rebased, reply);
                reply = repository.commit(key, new Changes(head, reply.version(), rebased));
            }
            return reply;
        });
    }

    private static List<AttributeChange> rebased(List<AttributeChange> changes, CommitReply reply) {
        List<AttributeChange> rebased = new ArrayList<>();
        for (AttributeChange each : changes) {
            StoredAttribute present = reply.conflicts().get(each.name());
            boolean inConflict = reply.conflicts().containsKey(each.name());
            rebased.add(inConflict ? each.on(present == null ? Version.NONE : present.version()) : each);
        }
        return rebased;
    }
}
