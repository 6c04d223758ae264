package io.flotilla.storage.internal.mirror;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** The kinds of questions between nodes, and how answers are written. Kinds keep their numbers for ever. */
final class Question {
    static final int HELLO = 1;
    static final int SIZE = 2;
    static final int READ = 3;
    static final int BEGIN = 4;
    static final int WRITE = 5;
    static final int PUBLISH = 6;
    static final int APPEND = 7;
    static final int RETRACT = 8;
    static final int DROP_OLDER = 9;
    static final int REFERENCES = 10;
    static final int EXCHANGE = 11;

    /** The largest piece of a blob in one message. */
    static final int PIECE = 256 * 1024;

    private static final int DONE = 1;
    private static final int ABSENT = 2;
    private static final int FAILED = 3;

    private Question() {}

    /** Writes into a message. */
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        }
        return bytes.toByteArray();
    }

    static byte[] answer(Writing writing) {
        try {
            return bytes(out -> {
                out.writeByte(DONE);
                writing.to(out);
            });
        } catch (NoSuchFileException absent) {
            return new byte[] {ABSENT};
        } catch (IOException | RuntimeException failure) {
            return failed(failure);
        }
    }

    /** What the operator of the other node needs to know is in its own log; here it says what kind of trouble it was. */
    private static byte[] failed(Exception failure) {
        try {
            return bytes(out -> {
                out.writeByte(FAILED);
                out.writeUTF(failure.getClass().getSimpleName());
            });
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The answer's own bytes; a failure is thrown. */
    static DataInputStream read(byte[] answer) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer));
        if (answer.length == 0) {
            throw new IOException("the storage of the other node has not started yet");
        }
        return switch (in.readByte()) {
            case DONE -> in;
            case ABSENT -> throw new NoSuchFileException("a blob that the other node does not have");
            default -> throw new IOException("the disk of another node failed: " + in.readUTF());
        };
    }
}
