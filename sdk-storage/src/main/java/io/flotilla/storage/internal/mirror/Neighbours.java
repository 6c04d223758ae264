package io.flotilla.storage.internal.mirror;

import java.util.List;

/** The other nodes that keep copies and are there now. Thread-safe. */
interface Neighbours {
    List<Holder> present();
}
