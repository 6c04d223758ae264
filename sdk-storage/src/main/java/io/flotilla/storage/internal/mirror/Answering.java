package io.flotilla.storage.internal.mirror;

import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Input;
import io.flotilla.storage.internal.Reference;
import io.flotilla.storage.internal.ReferenceText;
import io.flotilla.storage.internal.wire.MirrorAsk;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Answers what other nodes ask of this one's disk. Waits for nobody but the disk. Thread-safe. */
final class Answering implements MirrorAsk.Answers {
    private static final long IDLE_NANOS = Duration.ofMinutes(2).toNanos();

    private final LocalHolder local;
    private final Meeting met;
    private final LongSupplier ticker;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Incoming> incoming = new ConcurrentHashMap<>();

    Answering(LocalHolder local, Meeting met, LongSupplier ticker) {
        this.local = local;
        this.met = met;
        this.ticker = ticker;
    }

    /** Hears which member of the cluster is which node. */
    interface Meeting {
        void meet(UUID member, String node);
    }

    private static final class Incoming {
        private final Receiving receiving;
        private long last; // guarded by this, as the receiving is

        Incoming(Receiving receiving, long now) {
            this.receiving = receiving;
            this.last = now;
        }
    }

    @Override
    public byte[] answer(int kind, byte[] question) {
        return Question.answer(out -> answer(kind, new DataInputStream(new ByteArrayInputStream(question)), out));
    }

    private void answer(int kind, DataInputStream in, DataOutputStream out) throws IOException {
        switch (kind) {
            case Question.HELLO -> hello(in, out);
            case Question.EXCHANGE -> exchange(in, out);
            case Question.SIZE -> size(blob(in), out);
            case Question.READ -> read(blob(in), in.readLong(), in.readInt(), out);
            case Question.BEGIN -> out.writeLong(begin());
            case Question.WRITE -> write(in.readLong(), in.readLong(), in.readAllBytes());
            case Question.PUBLISH -> publish(in.readLong(), blob(in));
            case Question.APPEND -> out.write(ReferenceText.write(local.append(reference(in))));
            case Question.RETRACT -> local.retract(reference(in));
            case Question.DROP_OLDER -> local.dropOlder(reference(in));
            case Question.REFERENCES -> references(in.readInt(), out);
            default -> throw new IOException("a question of a newer release");
        }
    }

    private static BlobKey blob(DataInputStream in) throws IOException {
        return BlobKey.ofFileName(in.readUTF());
    }

    private static Reference reference(DataInputStream in) throws IOException {
        return ReferenceText.read(in.readAllBytes());
    }

    private void hello(DataInputStream in, DataOutputStream out) throws IOException {
        met.meet(UUID.fromString(in.readUTF()), in.readUTF());
        out.writeUTF(local.id());
        exchange(in, out);
    }

    private void exchange(DataInputStream in, DataOutputStream out) throws IOException {
        out.write(local.exchange(Roster.read(in.readAllBytes())).write());
    }

    private void size(BlobKey blob, DataOutputStream out) throws IOException {
        try (Input there = local.open(blob)) {
            out.writeLong(there.size());
        }
    }

    private void read(BlobKey blob, long position, int length, DataOutputStream out) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(Math.max(0, Math.min(length, Question.PIECE)));
        try (Input there = local.open(blob)) {
            int read = 0;
            while (piece.hasRemaining() && read >= 0) {
                read = there.read(piece, position + piece.position());
            }
        }
        out.write(piece.array(), 0, piece.position());
    }

    private long begin() throws IOException {
        dropIdle();
        long number = numbers.incrementAndGet();
        incoming.put(number, new Incoming(new Receiving(local.draft()), ticker.getAsLong()));
        return number;
    }

    private Incoming incoming(long number) throws IOException {
        Incoming found = incoming.get(number);
        if (found == null) {
            throw new IOException("a copy that this node does not expect any more");
        }
        return found;
    }

    private void write(long number, long position, byte[] bytes) throws IOException {
        Incoming to = incoming(number);
        synchronized (to) {
            if (to.receiving.size() != position) {
                throw new IOException("a piece that does not follow the one before");
            }
            to.receiving.write(ByteBuffer.wrap(bytes));
            to.last = ticker.getAsLong();
        }
    }

    private void publish(long number, BlobKey blob) throws IOException {
        Incoming to = incoming(number);
        incoming.remove(number);
        synchronized (to) {
            try (Receiving receiving = to.receiving) {
                receiving.publish(blob);
            }
        }
    }

    /** Whoever sent them has died, or given up. */
    private void dropIdle() {
        long now = ticker.getAsLong();
        for (Iterator<Incoming> all = incoming.values().iterator(); all.hasNext(); ) {
            Incoming each = all.next();
            synchronized (each) {
                if (now - each.last > IDLE_NANOS) {
                    each.receiving.close();
                    all.remove();
                }
            }
        }
    }

    private void references(int part, DataOutputStream out) throws IOException {
        local.folder().forEachReference(part, each -> {
            byte[] text = ReferenceText.write(each);
            out.writeInt(text.length);
            out.write(text);
        });
        out.writeInt(-1);
    }

    void close() {
        for (Incoming each : List.copyOf(incoming.values())) {
            synchronized (each) {
                each.receiving.close();
            }
        }
    }
}
