package io.flotilla.cache.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.spi.FactoryIds;
import io.flotilla.spi.GrowingType;
import java.io.IOException;

/** A type of this module's wire format. Its parts do not grow by themselves: what is added to one is an addition to the whole. */
abstract class WireType extends GrowingType {

    abstract void write(ObjectDataOutput out) throws IOException;

    abstract void read(ObjectDataInput in) throws IOException;

    @Override
    public final int getFactoryId() {
        return FactoryIds.CACHE;
    }

    @Override
    protected final void writeFields(ObjectDataOutput out) throws IOException {
        write(out);
    }

    @Override
    protected final void readFields(ObjectDataInput in) throws IOException {
        read(in);
    }
}
