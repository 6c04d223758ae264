package io.flotilla.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.spi.FactoryIds;
import io.flotilla.spi.GrowingType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What another member knows: whether the asker is a member, and what it counts a majority of. */
public final class MembershipAnswer extends GrowingType {
    private boolean member;
    private boolean confirmed;
    private boolean formed;
    private List<List<Peer>> views = List.of();

    MembershipAnswer() {}

    /**
     * Creates an answer.
     *
     * @param member whether the asker is in the answering member's list
     * @param confirmed whether the answering member is sure of its own membership
     * @param formed whether the initial members have once been there
     * @param views the answering member's views
     */
    public MembershipAnswer(boolean member, boolean confirmed, boolean formed, List<List<Peer>> views) {
        this.member = member;
        this.confirmed = confirmed;
        this.formed = formed;
        this.views = views;
    }

    public boolean member() {
        return member;
    }

    public boolean confirmed() {
        return confirmed;
    }

    public boolean formed() {
        return formed;
    }

    public List<List<Peer>> views() {
        return views;
    }

    @Override
    public int getFactoryId() {
        return FactoryIds.CORE;
    }

    @Override
    public int getClassId() {
        return CoreWire.MEMBERSHIP_ANSWER;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) throws IOException {
        out.writeBoolean(member);
        out.writeBoolean(confirmed);
        out.writeBoolean(formed);
        out.writeInt(views.size());
        for (List<Peer> view : views) {
            out.writeInt(view.size());
            for (Peer each : view) {
                each.write(out);
            }
        }
    }

    @Override
    protected void readFields(ObjectDataInput in) throws IOException {
        member = in.readBoolean();
        confirmed = in.readBoolean();
        formed = in.readBoolean();
        int count = in.readInt();
        List<List<Peer>> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int size = in.readInt();
            List<Peer> view = new ArrayList<>();
            for (int k = 0; k < size; k++) {
                view.add(Peer.read(in));
            }
            read.add(List.copyOf(view));
        }
        views = List.copyOf(read);
    }
}
