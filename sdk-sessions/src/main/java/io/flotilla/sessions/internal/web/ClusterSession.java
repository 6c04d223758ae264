package io.flotilla.sessions.internal.web;

import io.flotilla.sessions.internal.live.LiveSession;
import io.flotilla.sessions.internal.store.EndedSession;
import io.flotilla.sessions.internal.wire.NewId;
import io.flotilla.sessions.internal.wire.OpenReply;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * One request's view of a session: the attributes are shared with the other requests of this JVM, the id is the request's
 * own. A request that came with the old cookie never learns the new one. Thread-safe by its own lock, under which the
 * application's code does not run.
 */
sealed class ClusterSession implements HttpSession permits AccessibleSession {
    private static final boolean HAS_ACCESSOR = hasAccessor();

    private final SessionScope scope;
    private final SessionEvents events;
    private final boolean isNew;
    private final long lastAccessed;
    private volatile AttributeView attributes;
    private volatile LiveSession live;
    private SessionId id; // guarded by this, as all below
    private @Nullable SessionId knownToOwner;
    private boolean left;
    private long turn; // the number of the exclusive request's; zero for any other

    ClusterSession(
            SessionScope scope,
            SessionEvents events,
            LiveSession live,
            SessionId id,
            boolean isNew,
            long lastAccessed) {
        this.scope = scope;
        this.events = events;
        this.live = live;
        this.id = id;
        this.isNew = isNew;
        this.lastAccessed = lastAccessed;
        this.knownToOwner = isNew ? null : id;
        this.attributes = new AttributeView(scope, events, live);
    }

    private static boolean hasAccessor() {
        try {
            HttpSession.class.getMethod("getAccessor");
            return true;
        } catch (NoSuchMethodException servlet60) {
            return false;
        }
    }

    private static ClusterSession create(
            SessionScope scope,
            SessionEvents events,
            LiveSession live,
            SessionId id,
            boolean isNew,
            long lastAccessed) {
        return HAS_ACCESSOR
                ? new AccessibleSession(scope, events, live, id, isNew, lastAccessed)
                : new ClusterSession(scope, events, live, id, isNew, lastAccessed);
    }

    /** A new session, of which nobody {@linkplain #tellBegin is told} yet; the first commit stores it. */
    static ClusterSession fresh(SessionScope scope) {
        long now = scope.clock().millis();
        SessionId id = SessionId.create();
        LiveSession live = scope.lives().begin(id.key(), now, scope.defaultTimeoutSeconds());
        return create(scope, scope.events(), live, id, true, now);
    }

    /** Tells everybody of this new session. */
    void tellBegin() {
        events.created(this);
    }

    /** For a late request under an old id: works, and is forgotten with the request. */
    static ClusterSession detached(SessionScope scope) {
        long now = scope.clock().millis();
        SessionId id = SessionId.create();
        LiveSession live = LiveSession.detached(id.key(), now, scope.defaultTimeoutSeconds(), Collections.emptyMap());
        return create(scope, SessionEvents.NONE, live, id, true, now);
    }

    /** A session that has ended, for those who are told of it. */
    static ClusterSession ended(SessionScope scope, EndedSession ended) {
        LiveSession live =
                LiveSession.detached(ended.key(), ended.created(), ended.maxInactiveSeconds(), ended.attributes());
        SessionId id = scope.sealer()
                .open(ended.sealedSecret())
                .map(secret -> SessionId.of(ended.key(), secret))
                .orElseGet(() -> SessionId.withoutSecret(ended.key()));
        return create(scope, scope.events(), live, id, false, ended.lastAccessed());
    }

    /** Tells everybody of this session's end. */
    void tellEnd() {
        end();
    }

    /** A session that the owner has found. */
    static ClusterSession opened(SessionScope scope, LiveSession live, SessionId id, long lastAccessed) {
        return create(scope, scope.events(), live, id, false, lastAccessed);
    }

    /** What this request stores is stored as long as it is its turn. */
    synchronized void inTurn(SessionTurn its) {
        turn = its.number();
    }

    private synchronized long turn() {
        return turn;
    }

    /** For an exclusive request that came back: takes in what was stored since its last turn was over. */
    OpenReply refresh(SessionTurn its) {
        OpenReply reply = SessionFinder.open(scope, id(), live, its).reply();
        if (reply.found()) {
            inTurn(its);
        }
        return reply;
    }

    /** Whether the client has to be told of this session's id. */
    boolean wantsCookie() {
        return !live.isDetached();
    }

    final SessionScope scope() {
        return scope;
    }

    synchronized SessionId id() {
        return id;
    }

    long created() {
        return live.created();
    }

    boolean isValid() {
        return live.isValid();
    }

    /** Gives the session a new id; the old one opens nothing once this is committed. */
    SessionId changeId() {
        requireUsable();
        SessionId old;
        SessionId changed;
        synchronized (this) {
            old = id;
            changed = id.withNewSecret();
            id = changed;
        }
        events.idChanged(this, old.value());
        return changed;
    }

    /**
     * Stores what has changed since the last commit; does nothing if nothing has, or if the request is over: others may be
     * using its objects by then.
     *
     * @throws io.flotilla.ClusterUnavailableException if the owner does not answer in time
     * @throws io.flotilla.ClusterDataException if a value cannot be stored
     */
    void commit() {
        if (isLeft() || live.isDetached() || !live.isValid()) {
            return;
        }
        SessionId sent = id();
        SessionCommit commit = new SessionCommit(this, scope, live, attributes, newId(sent), turn());
        boolean stored = false;
        try {
            commit.run();
            stored = true;
        } finally {
            if (!stored) {
                live.spoil();
            }
        }
        settle(sent, commit.isIdRefused());
    }

    /** A request whose new id was refused goes on under the one that it came with: its client must not get one that is void. */
    private synchronized void settle(SessionId sent, boolean refused) {
        if (!refused) {
            knownToOwner = sent;
        } else if (knownToOwner != null) {
            id = knownToOwner;
        }
    }

    /** What this request has changed is not going to be stored: nobody may find it in the objects. */
    void giveUp() {
        live.spoil();
    }

    private synchronized @Nullable NewId newId(SessionId sent) {
        if (sent.equals(knownToOwner)) {
            return null;
        }
        SessionId before = knownToOwner == null ? sent : knownToOwner;
        String application = scope.application();
        return new NewId(
                sent.hash(application), before.hash(application), scope.sealer().seal(sent.secret()));
    }

    /** The request is over, for now at least: what it could not store is taken back. */
    void leave() {
        synchronized (this) {
            if (left) {
                return;
            }
            left = true;
        }
        if (live.isNew()) {
            abandon();
        }
        attributes.discard(this);
        scope.lives().leave(live);
    }

    /** Not stored, as far as this node knows: the owner may have stored it, and the answer was lost. */
    private void abandon() {
        if (live.mayBeStored()) {
            scope.repository().abandon(live.key(), live.endOperation());
        }
        end();
    }

    /** The request goes on after all, with an error page say. */
    void comeBack() {
        synchronized (this) {
            if (!left) {
                return;
            }
            left = false;
        }
        LiveSession now = scope.lives().join(live, turn() != 0);
        if (!now.equals(live)) {
            live = now;
            attributes = new AttributeView(scope, events, now);
        }
    }

    @Override
    public void invalidate() {
        requireReadable();
        if (!live.isValid()) {
            return; // a listener to the end
        }
        if (scope.repository().inTurn(live.key(), this::beginEnd)) {
            tellAndEnd();
        }
    }

    /** Between two commits of this node: the one that creates the session is not under way meanwhile. */
    private boolean beginEnd() {
        boolean unknown = live.isNew() || live.isDetached();
        boolean alive = live.mayBeStored() && scope.repository().invalidate(live.key(), live.endOperation());
        if (unknown || alive) {
            return live.beginEnd();
        }
        live.end(); // somebody else did, and has told the listeners
        return false;
    }

    private void end() {
        if (live.beginEnd()) {
            tellAndEnd();
        }
    }

    /** Tells everybody, as long as the session can be read, and then lets go of the attributes. */
    private void tellAndEnd() {
        events.destroyed(this);
        attributes.removeAll(this);
        live.end();
    }

    @Override
    public String getId() {
        return id().value();
    }

    @Override
    public boolean isNew() {
        requireReadable();
        return isNew;
    }

    @Override
    public long getCreationTime() {
        requireReadable();
        return live.created();
    }

    @Override
    public long getLastAccessedTime() {
        requireReadable();
        return lastAccessed;
    }

    @Override
    public ServletContext getServletContext() {
        return scope.context();
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        live.setMaxInactiveSeconds(seconds);
    }

    @Override
    public int getMaxInactiveInterval() {
        return live.maxInactiveSeconds();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        requireReadable();
        return attributes.get(this, requireName(name));
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        requireReadable();
        return Collections.enumeration(live.names());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            removeAttribute(name);
            return;
        }
        requireUsable();
        attributes.set(this, requireName(name), value);
    }

    @Override
    public void removeAttribute(String name) {
        requireUsable();
        attributes.remove(this, requireName(name));
    }

    private void requireUsable() {
        requireReadable();
        if (isLeft()) {
            throw new IllegalStateException(
                    "the request that got this session is over: what is changed now would not be stored");
        }
    }

    private synchronized boolean isLeft() {
        return left;
    }

    /** Listeners to its end may still use it. */
    private void requireReadable() {
        if (live.isEnded()) {
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
