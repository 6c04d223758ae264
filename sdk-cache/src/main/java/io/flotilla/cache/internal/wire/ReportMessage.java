package io.flotilla.cache.internal.wire;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.flotilla.cache.internal.protocol.Report;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** REPORT: to an owner, which answers with a bulletin, or with nothing if it may not serve; or the answer to a bulletin. */
public final class ReportMessage extends WireType implements Callable<BulletinMessage>, HazelcastInstanceAware {
    static final int CLASS_ID = 12;

    private Report report = new Report(new UUID(0, 0), Report.NEW, 0);
    private @Nullable HazelcastInstance member;

    ReportMessage() {}

    public ReportMessage(Report report) {
        this.report = report;
    }

    public Report report() {
        return report;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        this.member = member;
    }

    @Override
    @SuppressWarnings("NullAway") // null is the answer of who has none; Callable cannot say so
    public BulletinMessage call() {
        Listening listening = Listening.of(member);
        return listening == null ? null : listening.reported(this);
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    void write(ObjectDataOutput out) throws IOException {
        Fields.id(report.reader(), out);
        out.writeLong(report.applied());
        out.writeLong(report.stamp());
    }

    @Override
    void read(ObjectDataInput in) throws IOException {
        report = new Report(Fields.id(in), in.readLong(), in.readLong());
    }
}
