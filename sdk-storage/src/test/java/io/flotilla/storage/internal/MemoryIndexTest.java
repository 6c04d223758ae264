package io.flotilla.storage.internal;

import org.junit.jupiter.api.Test;

/** The stand-in does what the real one does. */
class MemoryIndexTest {

    @Test
    void holdsTheContract() {
        new ReferenceIndexContract(new MemoryIndex()).holds();
    }
}
