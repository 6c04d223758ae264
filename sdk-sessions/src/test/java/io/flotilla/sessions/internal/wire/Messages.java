package io.flotilla.sessions.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages of the protocol, short to write: values are texts, secrets are names. */
public final class Messages {
    public static final int TIMEOUT_SECONDS = 1800;
    public static final String APPLICATION = "/shop";

    private Messages() {}

    /** The hash of a secret of that name. */
    public static byte[] secret(String name) {
        return Arrays.copyOf(("hash of " + name).getBytes(UTF_8), SecretHash.LENGTH);
    }

    /** {@code setAttribute}. */
    public static AttributeChange set(String name, Version base, String value) {
        return new AttributeChange(name, base, true, AttributeValue.of(value.getBytes(UTF_8)));
    }

    /** {@code setAttribute} of what says whose session it is. */
    public static AttributeChange login(String name, Version base, String principal) {
        return new AttributeChange(name, base, true, new AttributeValue(principal.getBytes(UTF_8), false, principal));
    }

    /** {@code setAttribute} of a value that wants to be told of the session's end. */
    public static AttributeChange bind(String name, Version base, String value) {
        return new AttributeChange(name, base, true, new AttributeValue(value.getBytes(UTF_8), true, null));
    }

    /** A change inside an object. */
    public static AttributeChange mutate(String name, Version base, String value) {
        return new AttributeChange(name, base, false, AttributeValue.of(value.getBytes(UTF_8)));
    }

    /** {@code removeAttribute}. */
    public static AttributeChange remove(String name, Version base) {
        return new AttributeChange(name, base, true, null);
    }

    /** The head of a session that comes into being just now, of the application {@value #APPLICATION}. */
    public static HeadChange birth(String secret, int timeoutSeconds) {
        return HeadChange.create(new Birth(APPLICATION, Long.MAX_VALUE, 0), timeoutSeconds, id(secret));
    }

    private static NewId id(String secret) {
        return id(secret, secret);
    }

    private static NewId id(String before, String secret) {
        return new NewId(secret(secret), secret(before), ("sealed " + secret).getBytes(UTF_8));
    }

    public static Commit newSession(long writer, long sequence, String secret, AttributeChange... changes) {
        return newSession(writer, sequence, secret, TIMEOUT_SECONDS, changes);
    }

    public static Commit newSession(
            long writer, long sequence, String secret, int timeoutSeconds, AttributeChange... changes) {
        return new Commit(writer, sequence, Version.NONE, birth(secret, timeoutSeconds), List.of(changes));
    }

    /** A session that ends after that time, however much it is used. */
    public static Commit newSessionFor(int lifetimeSeconds, long writer, long sequence, String secret) {
        HeadChange head = HeadChange.create(new Birth(APPLICATION, Long.MAX_VALUE, lifetimeSeconds), 0, id(secret));
        return new Commit(writer, sequence, Version.NONE, head, List.of());
    }

    public static Commit update(long writer, long sequence, Version seen, AttributeChange... changes) {
        return new Commit(writer, sequence, seen, HeadChange.NONE, List.of(changes));
    }

    public static Commit changeId(long writer, long sequence, Version seen, String before, String secret) {
        return new Commit(writer, sequence, seen, new HeadChange(null, null, id(before, secret)), List.of());
    }

    public static Commit changeTimeout(long writer, long sequence, Version seen, int seconds) {
        return new Commit(writer, sequence, seen, new HeadChange(null, seconds, null), List.of());
    }

    /** The values as the texts that they are. */
    public static Map<String, String> texts(Map<String, StoredAttribute> attributes) {
        Map<String, String> texts = new TreeMap<>();
        attributes.forEach((name, each) -> texts.put(name, new String(each.bytes(), UTF_8)));
        return texts;
    }
}
