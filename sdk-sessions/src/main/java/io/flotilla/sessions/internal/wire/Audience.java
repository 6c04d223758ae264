package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which web applications of a member want to hear of their sessions' ends, by context path.
 *
 * @param known all that are there; of the sessions of others nobody can be told on this member
 * @param ofAll those that want to hear of every session
 * @param ofBound those that want to hear of sessions with values that are to be told
 */
public record Audience(Set<String> known, Set<String> ofAll, Set<String> ofBound) {
    /** A member without an application. */
    public static final Audience NOBODY = new Audience(Set.of(), Set.of(), Set.of());

    /** What there is to do about one session's end. */
    enum Wish {
        /** The application is not on this member. */
        UNKNOWN,
        /** Nobody wants to hear of it. */
        NONE,
        /** Its listeners are to be told. */
        TELL
    }

    Wish of(SessionRecord session) {
        String application = session.application();
        if (!known.contains(application)) {
            return Wish.UNKNOWN;
        }
        boolean wanted = ofAll.contains(application) || (ofBound.contains(application) && session.hasBound());
        return wanted ? Wish.TELL : Wish.NONE;
    }

    void write(ObjectDataOutput out) throws IOException {
        write(out, known);
        write(out, ofAll);
        write(out, ofBound);
    }

    private static void write(ObjectDataOutput out, Set<String> names) throws IOException {
        out.writeInt(names.size());
        for (String each : names) {
            out.writeString(each);
        }
    }

    static Audience read(ObjectDataInput in) throws IOException {
        return new Audience(readNames(in), readNames(in), readNames(in));
    }

    private static Set<String> readNames(ObjectDataInput in) throws IOException {
        int count = in.readInt();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            names.add(Bytes.readName(in));
        }
        return names;
    }
}
