package io.flotilla.storage.internal.mirror;

import io.flotilla.storage.internal.Backend.ReferenceReader;
import io.flotilla.storage.internal.BlobKey;
import io.flotilla.storage.internal.Input;
import io.flotilla.storage.internal.Reference;
import io.flotilla.storage.internal.ReferenceText;
import io.flotilla.storage.internal.shared.SharedFolder;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/** Another node's disk. Bytes go in pieces, each answered before the next is sent: a slow disk slows its sender down. */
record RemoteHolder(String id, Line line) implements Holder {

    /** Asks the other node and waits for its answer. */
    interface Line {
        byte[] ask(int kind, byte[] question) throws IOException;
    }

    private DataInputStream ask(int kind, Question.Writing question) throws IOException {
        return Question.read(line.ask(kind, Question.bytes(question)));
    }

    @Override
    public boolean has(BlobKey blob) throws IOException {
        try {
            return size(blob) >= 0;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private long size(BlobKey blob) throws IOException {
        return ask(Question.SIZE, out -> out.writeUTF(blob.fileName())).readLong();
    }

    @Override
    public Input open(BlobKey blob) throws IOException {
        long size = size(blob);
        return new Input() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                if (position >= size) {
                    return -1;
                }
                int most = (int) Math.min(Math.min(into.remaining(), Question.PIECE), size - position);
                byte[] piece = piece(blob, position, most);
                into.put(piece);
                return piece.length == 0 && most > 0 ? -1 : piece.length;
            }

            @Override
            public void close() {}
        };
    }

    private byte[] piece(BlobKey blob, long position, int length) throws IOException {
        byte[] piece = ask(Question.READ, out -> {
                    out.writeUTF(blob.fileName());
                    out.writeLong(position);
                    out.writeInt(length);
                })
                .readAllBytes();
        if (piece.length > length) {
            throw new IOException("another node sent more than it was asked for");
        }
        return piece;
    }

    @Override
    public void receive(BlobKey blob, Input bytes) throws IOException {
        long number = ask(Question.BEGIN, out -> {}).readLong();
        ByteBuffer piece = ByteBuffer.allocate((int) Math.max(1, Math.min(Question.PIECE, bytes.size())));
        long position = 0;
        for (int read = bytes.read(piece, 0); read >= 0; read = bytes.read(piece, position)) {
            send(number, position, piece.flip());
            position += read;
            piece.clear();
        }
        DataInputStream unused = ask(Question.PUBLISH, out -> {
            out.writeLong(number);
            out.writeUTF(blob.fileName());
        });
    }

    private void send(long number, long position, ByteBuffer piece) throws IOException {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        DataInputStream unused = ask(Question.WRITE, out -> {
            out.writeLong(number);
            out.writeLong(position);
            out.write(bytes);
        });
    }

    @Override
    public Reference append(Reference reference) throws IOException {
        return ReferenceText.read(ask(Question.APPEND, out -> out.write(ReferenceText.write(reference)))
                .readAllBytes());
    }

    @Override
    public void retract(Reference reference) throws IOException {
        DataInputStream unused = ask(Question.RETRACT, out -> out.write(ReferenceText.write(reference)));
    }

    @Override
    public void dropOlder(Reference reference) throws IOException {
        DataInputStream unused = ask(Question.DROP_OLDER, out -> out.write(ReferenceText.write(reference)));
    }

    @Override
    public void forEachReference(ReferenceReader reader) throws IOException {
        for (int part = 0; part < SharedFolder.PARTS; part++) {
            forEachReference(part, reader);
        }
    }

    /** In parts, so that no message grows with the number of all names. */
    private void forEachReference(int part, ReferenceReader reader) throws IOException {
        DataInputStream in = ask(Question.REFERENCES, out -> out.writeInt(part));
        for (int length = in.readInt(); length >= 0; length = in.readInt()) {
            reader.read(ReferenceText.read(in.readNBytes(length)));
        }
    }

    @Override
    public Roster exchange(Roster roster) throws IOException {
        return Roster.read(
                ask(Question.EXCHANGE, out -> out.write(roster.write())).readAllBytes());
    }
}
