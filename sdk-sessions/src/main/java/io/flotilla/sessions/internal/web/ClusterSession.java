package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.store.SessionRepository;
import io.flotilla.sessions.internal.store.SessionRepository.Changes;
import io.flotilla.sessions.internal.store.SessionRepository.Opened;
import io.flotilla.sessions.internal.store.Snapshot;
import io.flotilla.sessions.internal.wire.AttributeChange;
import io.flotilla.sessions.internal.wire.Birth;
import io.flotilla.sessions.internal.wire.HeadChange;
import io.flotilla.sessions.internal.wire.NewId;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request's view of a session. The id is the request's own: a request that came with the old cookie never learns the
 * new one. Thread-safe by its own lock.
 */
final class ClusterSession implements HttpSession {

    /** Whether there is a record behind this view. */
    private enum Kind {
        /** Not stored yet; the first commit creates it. */
        NEW,
        /** Stored. */
        STORED,
        /** For a late request under an old id: works, and is forgotten with the request. */
        DETACHED
    }

    private final SessionRepository repository;
    private final SessionScope scope;
    private final AttributeTable attributes;
    private final boolean isNew;
    private final long created;
    private final long lastAccessed;
    private Kind kind;
    private SessionId id;
    private byte @Nullable [] newSecretHash;
    private int maxInactiveSeconds;
    private boolean timeoutChanged;
    private boolean invalid;

    private ClusterSession(
            SessionRepository repository,
            SessionScope scope,
            Kind kind,
            SessionId id,
            Snapshot snapshot,
            long created,
            long lastAccessed,
            int maxInactiveSeconds) {
        this.repository = repository;
        this.scope = scope;
        this.kind = kind;
        this.id = id;
        this.attributes = new AttributeTable(scope.codec(), snapshot);
        this.isNew = kind != Kind.STORED;
        this.created = created;
        this.lastAccessed = lastAccessed;
        this.maxInactiveSeconds = maxInactiveSeconds;
    }

    static ClusterSession fresh(SessionRepository repository, SessionScope scope) {
        return unstored(repository, scope, Kind.NEW);
    }

    static ClusterSession detached(SessionRepository repository, SessionScope scope) {
        return unstored(repository, scope, Kind.DETACHED);
    }

    private static ClusterSession unstored(SessionRepository repository, SessionScope scope, Kind kind) {
        long now = scope.clock().millis();
        SessionId id = SessionId.create();
        ClusterSession session = new ClusterSession(
                repository, scope, kind, id, Snapshot.EMPTY, now, now, scope.defaultTimeoutSeconds());
        session.newSecretHash = id.hash(scope.application());
        session.timeoutChanged = true;
        return session;
    }

    static ClusterSession opened(SessionRepository repository, SessionScope scope, SessionId id, Opened opened) {
        return new ClusterSession(
                repository,
                scope,
                Kind.STORED,
                id,
                opened.snapshot(),
                opened.reply().created(),
                opened.reply().lastAccessed(),
                opened.reply().maxInactiveSeconds());
    }

    /** Whether the client has to be told of this session's id. */
    boolean wantsCookie() {
        return kind != Kind.DETACHED;
    }

    synchronized SessionId id() {
        return id;
    }

    synchronized boolean isValid() {
        return !invalid;
    }

    /** Gives the session a new id; the old one opens nothing once this is committed. */
    synchronized SessionId changeId() {
        requireValid();
        id = id.withNewSecret();
        newSecretHash = id.hash(scope.application());
        return id;
    }

    /** Stores what has changed since the last commit; does nothing if nothing has. */
    synchronized void commit() {
        if (invalid || kind == Kind.DETACHED) {
            return;
        }
        List<AttributeChange> changes = attributes.changes();
        boolean nothing = kind == Kind.STORED && changes.isEmpty() && !timeoutChanged && newSecretHash == null;
        if (nothing) {
            return;
        }
        HeadChange head = new HeadChange(
                kind == Kind.NEW ? new Birth(scope.application(), created, 0) : null,
                timeoutChanged ? (Integer) maxInactiveSeconds : null,
                newSecretHash == null ? null : new NewId(newSecretHash, new byte[0]));
        Snapshot stored = repository.commit(id.key(), new Changes(head, attributes.base(), changes));
        if (stored == null) {
            // Ended by another request meanwhile: as in a container, this request's changes go with it.
            invalid = true;
            return;
        }
        attributes.committed(changes, stored);
        kind = Kind.STORED;
        timeoutChanged = false;
        newSecretHash = null;
    }

    @Override
    public synchronized void invalidate() {
        requireValid();
        if (kind == Kind.STORED) {
            repository.invalidate(id.key());
        }
        invalid = true;
    }

    @Override
    public synchronized String getId() {
        return id.value();
    }

    @Override
    public synchronized boolean isNew() {
        requireValid();
        return isNew;
    }

    @Override
    public synchronized long getCreationTime() {
        requireValid();
        return created;
    }

    @Override
    public synchronized long getLastAccessedTime() {
        requireValid();
        return lastAccessed;
    }

    @Override
    public ServletContext getServletContext() {
        return scope.context();
    }

    @Override
    public synchronized void setMaxInactiveInterval(int seconds) {
        if (seconds != maxInactiveSeconds) {
            maxInactiveSeconds = seconds;
            timeoutChanged = true;
        }
    }

    @Override
    public synchronized int getMaxInactiveInterval() {
        return maxInactiveSeconds;
    }

    @Override
    public synchronized @Nullable Object getAttribute(String name) {
        requireValid();
        return attributes.get(requireName(name));
    }

    @Override
    public synchronized Enumeration<String> getAttributeNames() {
        requireValid();
        return Collections.enumeration(attributes.names());
    }

    @Override
    public synchronized void setAttribute(String name, @Nullable Object value) {
        requireValid();
        requireName(name);
        if (value == null) {
            attributes.remove(name);
            return;
        }
        if (!(value instanceof Serializable)) {
            throw new IllegalArgumentException("session attribute '" + name + "' must be serializable, was of "
                    + value.getClass().getName());
        }
        attributes.set(name, value);
    }

    @Override
    public synchronized void removeAttribute(String name) {
        requireValid();
        attributes.remove(requireName(name));
    }

    private void requireValid() {
        if (invalid) {
            throw new IllegalStateException("the session was invalidated");
        }
    }

    @SuppressWarnings("ConstantValue") // applications are not null-checked
    private static String requireName(@Nullable String name) {
        if (name == null) {
            throw new IllegalArgumentException("a session attribute's name must not be null");
        }
        return name;
    }
}
