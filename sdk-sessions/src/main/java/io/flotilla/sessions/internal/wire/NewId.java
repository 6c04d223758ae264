package io.flotilla.sessions.internal.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;

/**
 * A session's first or changed id. No part opens the session for whoever gets hold of it.
 *
 * @param secretHash the {@linkplain SecretHash hash} of its secret, by which owners tell who may come in
 * @param before the hash of the secret by which the request came that changes the id: whoever came by an old one gets no new
 *     one; a first id's own hash
 * @param sealedSecret the secret encrypted, for the listeners that are told of the session's end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never modified
public record NewId(byte[] secretHash, byte[] before, byte[] sealedSecret) {

    void write(ObjectDataOutput out) throws IOException {
        SecretHash.write(out, secretHash);
        SecretHash.write(out, before);
        out.writeByteArray(sealedSecret);
    }

    static NewId read(ObjectDataInput in) throws IOException {
        return new NewId(SecretHash.read(in), SecretHash.read(in), Bytes.read(in));
    }

    @Override
    public String toString() {
        return "NewId";
    }
}
