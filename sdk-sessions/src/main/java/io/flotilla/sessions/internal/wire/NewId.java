package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * A session's first or changed id. Neither part opens the session for whoever gets hold of it.
 *
 * @param secretHash the hash of its secret, by which owners tell who may come in
 * @param sealedSecret the secret encrypted, for the listeners that are told of the session's end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never modified
public record NewId(SecretHash secretHash, byte[] sealedSecret) {

    void write(ObjectDataOutput out) throws IOException {
        secretHash.write(out);
        out.writeByteArray(sealedSecret);
    }

    static NewId read(ObjectDataInput in) throws IOException {
        return new NewId(SecretHash.read(in), Bytes.read(in));
    }

    @Override
    public String toString() {
        return "NewId";
    }
}
