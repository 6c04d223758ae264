package io.flotilla.cache.internal.protocol;

/**
 * What an owner says to a fill or a change.
 *
 * @param stored whether it took place: a fill is refused if its lease has gone
 * @param version the version of the value; 0 if there is none
 * @param position where the change is on the owner's stream, or the moment of the fill
 */
public record Written(boolean stored, long version, Position position) {}
