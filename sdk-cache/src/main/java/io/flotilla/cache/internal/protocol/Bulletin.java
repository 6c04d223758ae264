package io.flotilla.cache.internal.protocol;

import java.util.List;
import java.util.UUID;

/**
 * What an owner says to a reader.
 *
 * @param owner the owner, whose id is its stream's
 * @param first the number of the first of the notes
 * @param notes notes that follow one another; perhaps none, or not all up to the last
 * @param forgotten up to which number the owner cannot repeat its notes
 * @param last the number of its last note
 * @param echo the reader's own last stamp
 */
public record Bulletin<K>(UUID owner, long first, List<Note<K>> notes, long forgotten, long last, long echo) {
    public Bulletin {
        notes = List.copyOf(notes);
    }

    /** The number of the last of the notes in here. */
    long until() {
        return first + notes.size() - 1;
    }
}
