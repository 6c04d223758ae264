package io.flotilla.storage.internal.wire;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/** Makes this module's wire types. A class id is never used again for another type. */
public final class StorageWire implements DataSerializableFactory {

    @Override
    public IdentifiedDataSerializable create(int classId) {
        return switch (classId) {
            case ReferenceEntry.CLASS_ID -> new ReferenceEntry();
            case CompletenessMark.CLASS_ID -> new CompletenessMark();
            case Look.CLASS_ID -> new Look();
            case Offer.CLASS_ID -> new Offer();
            case Forget.CLASS_ID -> new Forget();
            case Mark.CLASS_ID -> new Mark();
            case SetEntry.CLASS_ID -> new SetEntry();
            case Listing.CLASS_ID -> new Listing();
            case Census.CLASS_ID -> new Census();
            case IndexMergePolicy.CLASS_ID -> new IndexMergePolicy();
            case MirrorAsk.CLASS_ID -> new MirrorAsk();
            default ->
                throw new IllegalArgumentException(
                        "unknown type " + classId + " of the storage module: a newer release of Flotilla sent it");
        };
    }
}
