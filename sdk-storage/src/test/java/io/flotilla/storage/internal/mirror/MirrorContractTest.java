package io.flotilla.storage.internal.mirror;

import io.flotilla.storage.internal.Backend;
import io.flotilla.storage.internal.BackendContract;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Draft;
import io.flotilla.storage.internal.Input;
import io.flotilla.storage.internal.Reference;
import java.io.IOException;

/** Three nodes do what one folder does; every call goes to another of them. */
class MirrorContractTest extends BackendContract {
    private final Fleet fleet = new Fleet(3, 2, time);
    private int calls;

    @Override
    protected Backend backend() {
        MirrorFolder one = fleet.node(calls++ % 3).folder;
        return new Backend() {
            @Override
            public Draft draft() throws IOException {
                return one.draft();
            }

            @Override
            public Draft hold(BlobKey blob) throws IOException {
                return one.hold(blob);
            }

            @Override
            public Input open(BlobKey blob) throws IOException {
                return one.open(blob);
            }

            @Override
            public Reference append(Reference reference) throws IOException {
                return one.append(reference);
            }

            @Override
            public void retract(Reference reference) throws IOException {
                one.retract(reference);
            }

            @Override
            public void forEachReference(ReferenceReader reader) throws IOException {
                one.forEachReference(reader);
            }

            @Override
            public boolean isShared() {
                return one.isShared();
            }

            // Each node sweeps what it has.
            @Override
            public void sweep(Living living) throws IOException {
                for (Fleet.Node each : fleet.nodes) {
                    each.folder.sweep(living);
                }
            }
        };
    }
}
