package io.flotilla.storage.internal.wire;

/** What the index holds under a key: a reference, or the mark that a partition has all of its own. */
public abstract sealed class IndexEntry extends WireType permits ReferenceEntry, CompletenessMark {}
