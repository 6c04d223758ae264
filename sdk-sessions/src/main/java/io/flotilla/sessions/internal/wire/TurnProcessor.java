package io.flotilla.sessions.internal.wire;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A turn is kept for another while, or given back; answers whether it was still the caller's. */
public final class TurnProcessor extends OwnerProcessor<Boolean> {
    static final int CLASS_ID = 25;

    private long number; // zero to give it back
    private TurnClaim claim = new TurnClaim(0, new UUID(0, 0));

    TurnProcessor() {}

    private TurnProcessor(long number, TurnClaim claim) {
        this.number = number;
        this.claim = claim;
    }

    public static TurnProcessor keep(TurnClaim claim, long number) {
        return new TurnProcessor(number, claim);
    }

    public static TurnProcessor giveBack(TurnClaim claim) {
        return new TurnProcessor(0, claim);
    }

    @Override
    SessionProtocol.Outcome<Boolean> step(@Nullable SessionRecord record, OwnerContext owner) {
        return number == 0
                ? SessionProtocol.giveTurnBack(record, claim.token(), owner.now())
                : SessionProtocol.keepTurn(record, claim, number, owner.now());
    }

    @Override
    EntryProcessor<String, SessionRecord, ?> backupOf(@Nullable SessionRecord before, SessionRecord after) {
        return TurnBackup.of(after);
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        out.writeLong(number);
        claim.write(out);
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        number = in.readLong();
        claim = TurnClaim.read(in);
    }
}
