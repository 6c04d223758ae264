package io.flotilla.storage.internal.wire;

import static java.util.Objects.requireNonNull;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What a node that keeps copies asks of another: a kind of question, and bytes that this kind gives a meaning. */
public final class MirrorAsk extends WireType implements Callable<byte[]>, HazelcastInstanceAware {
    static final int CLASS_ID = 11;

    private int kind;
    private byte[] question = {};
    private transient @Nullable HazelcastInstance member;

    MirrorAsk() {}

    public MirrorAsk(int kind, byte[] question) {
        this.kind = kind;
        this.question = question;
    }

    /** Whoever answers, in a member's user context. */
    public interface Answers {
        /** Where it is. */
        String KEY = "flotilla.storage.mirror";

        byte[] answer(int kind, byte[] question);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance here) {
        member = here;
    }

    /** Nothing as long as the module of this member has not started. */
    @Override
    public byte[] call() {
        Answers answers = (Answers) requireNonNull(member).getUserContext().get(Answers.KEY);
        return answers == null ? new byte[0] : answers.answer(kind, question);
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    protected void writeFields(ObjectDataOutput out) throws IOException {
        out.writeInt(kind);
        out.writeByteArray(question);
    }

    @Override
    protected void readFields(ObjectDataInput in) throws IOException {
        kind = in.readInt();
        question = requireNonNull(in.readByteArray());
    }
}
