package io.flotilla.sessions.internal.store;

import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.Commit;
import io.flotilla.sessions.internal.wire.HeadChange;
import io.flotilla.sessions.internal.wire.Version;
import java.util.List;

/**
 * What a request wants to store.
 *
 * @param head what changes besides the attributes
 * @param seen the record's version that the request knows
 * @param attributes what it changed of them
 * @param move what that does to whose the session is
 * @param turn the number of the exclusive request's turn; zero for any other request
 */
public record Changes(HeadChange head, Version seen, List<AttributeChange> attributes, PrincipalMove move, long turn) {

    /** Changes of a request that is not exclusive. */
    Changes(HeadChange head, Version seen, List<AttributeChange> attributes, PrincipalMove move) {
        this(head, seen, attributes, move, 0);
    }

    /** Changes that leave it whose it is. */
    Changes(HeadChange head, Version seen, List<AttributeChange> attributes) {
        this(head, seen, attributes, PrincipalMove.NONE);
    }

    Commit as(long writer, long sequence) {
        return new Commit(writer, sequence, seen, head, attributes, turn);
    }
}
