package io.flotilla.sessions;

import static java.util.Objects.requireNonNull;

import io.flotilla.codec.ValueCodec;
import io.flotilla.sessions.internal.SessionsConfig;
import io.flotilla.sessions.internal.web.ExclusiveRule;
import io.flotilla.sessions.internal.web.PrincipalRule;
import io.flotilla.sessions.internal.web.SizeLimits;
import io.flotilla.spi.Check;
import io.flotilla.spi.codec.CodecSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the sessions module. Every setting has a default; setting something twice is an error. Not thread-safe.
 *
 * @since 0.1
 */
public final class SessionsBuilder {
    /** Which part of the heap copies of sessions may take unless the application says otherwise. */
    private static final int PART_OF_HEAP = 8;

    private @Nullable Duration timeout;
    private @Nullable Integer backups;
    private @Nullable Long localCopies;
    private @Nullable Duration sweepInterval;
    private @Nullable Long maxAttributeSize;
    private @Nullable Long maxSessionSize;
    private @Nullable NonSerializable nonSerializable;
    private @Nullable AttributeMerger merger;
    private @Nullable ValueCodec codec;
    private @Nullable List<ValueCodec> alsoReads;
    private @Nullable List<String> allowClasses;
    private @Nullable UnreadablePolicy onUnreadable;
    private @Nullable Duration lifetime;
    private @Nullable PrincipalRule principal;
    private @Nullable Integer sessionsPerPrincipal;
    private @Nullable ExclusiveRule exclusive;
    private @Nullable Duration turnTimeout;
    private @Nullable String header;
    private final List<EventListener> listeners = new ArrayList<>();

    SessionsBuilder() {}

    /**
     * How long a session lives without a request, unless the application sets it for the session. Default: the web
     * application's own ({@code ServletContext.getSessionTimeout}, usually 30 minutes).
     *
     * @param timeout 1 s to 10 years, whole seconds
     * @return this builder
     */
    public SessionsBuilder timeout(Duration timeout) {
        this.timeout = Check.once(this.timeout, requireNonNull(timeout, "timeout"), "sessions.timeout");
        return this;
    }

    /**
     * On how many other members each session is kept, written before a response is sent. So many members may crash at
     * once without loss. Default 1.
     *
     * @param backups 0 to 6
     * @return this builder
     */
    public SessionsBuilder backups(int backups) {
        this.backups = Check.once(this.backups, backups, "sessions.backups");
        return this;
    }

    /**
     * Memory of this member for copies of sessions that it served: a quarter of it for their bytes, so that owners need not
     * send them again, and the rest, in each web application, for their objects, so that they need not be read from those
     * bytes again. What is not used for ten minutes goes. An estimate: an object counts as five times its serialized size.
     * Every request still asks the owner whether a copy holds. Default an eighth of the heap.
     *
     * @param maxBytes 0 (no copies) to 1 TiB
     * @return this builder
     */
    public SessionsBuilder localCopies(long maxBytes) {
        this.localCopies = Check.once(this.localCopies, maxBytes, "sessions.localCopies");
        return this;
    }

    /**
     * How often each member removes the expired sessions among those that it owns. An expired session is refused at once
     * in any case; this frees its memory. Default 10 seconds.
     *
     * @param interval 1 s to 1 h
     * @return this builder
     */
    public SessionsBuilder sweepInterval(Duration interval) {
        this.sweepInterval =
                Check.once(this.sweepInterval, requireNonNull(interval, "interval"), "sessions.sweepInterval");
        return this;
    }

    /**
     * The most bytes that one attribute may have when it is serialized. A request that stores more fails, with an error
     * that names the attribute, and nothing of what it changed is stored. Default 1 MiB.
     *
     * @param maxBytes 1 KiB to 1 GiB
     * @return this builder
     */
    public SessionsBuilder maxAttributeSize(long maxBytes) {
        this.maxAttributeSize = Check.once(this.maxAttributeSize, maxBytes, "sessions.maxAttributeSize");
        return this;
    }

    /**
     * The most bytes that all attributes of a session may have together. A request that stores more fails, and nothing of
     * what it changed is stored. Default 4 MiB, or {@link #maxAttributeSize} if that is more.
     *
     * @param maxBytes {@link #maxAttributeSize} to 1 GiB
     * @return this builder
     */
    public SessionsBuilder maxSessionSize(long maxBytes) {
        this.maxSessionSize = Check.once(this.maxSessionSize, maxBytes, "sessions.maxSessionSize");
        return this;
    }

    /**
     * Adds a listener for the sessions of all web applications on this member. Listeners that a web application declares
     * ({@code web.xml}, {@code @WebListener}, {@code ServletContext.addListener}) are found in Tomcat, Jetty and Undertow
     * and need not be added; in another container they must be. Called after those, in the order of addition.
     *
     * @param listener an {@code HttpSessionListener}, {@code HttpSessionAttributeListener} or
     *     {@code HttpSessionIdListener}, or several of these in one; thread-safe
     * @return this builder
     */
    public SessionsBuilder listener(EventListener listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * What new attribute values are written with. Default: Java serialization. A value keeps the format in which it was
     * written until it is written again, so every node of the farm must be able to read both: see {@link ValueCodec}.
     *
     * @param codec the codec
     * @return this builder
     */
    public SessionsBuilder codec(ValueCodec codec) {
        this.codec = Check.once(this.codec, requireNonNull(codec, "codec"), "sessions.codec");
        return this;
    }

    /**
     * Further codecs that values may have been written with, by other nodes or before a change of the codec. Java
     * serialization and the one given to {@link #codec} need no mention.
     *
     * @param codecs the codecs
     * @return this builder
     */
    public SessionsBuilder alsoReads(ValueCodec... codecs) {
        this.alsoReads = Check.once(this.alsoReads, List.of(codecs), "sessions.alsoReads");
        return this;
    }

    /**
     * The only classes whose objects may be read, beside plain types of the JDK (texts, numbers, times, collections):
     * {@code com.shop.Cart} for a class and those nested in it, {@code com.shop.*} for a package, {@code com.shop.**} for a
     * package and all below it. Default: all but those that are known from attacks on deserialization, which are refused
     * in any case unless they are named one by one. The JVM's own filter ({@code jdk.serialFilter}) holds as well.
     *
     * @param patterns the classes and packages
     * @return this builder
     */
    public SessionsBuilder allowClasses(String... patterns) {
        this.allowClasses = Check.once(this.allowClasses, List.of(patterns), "sessions.allowClasses");
        return this;
    }

    /**
     * What happens when the application asks for an attribute that cannot be read, since its class is missing, has changed
     * or is refused. Default: it is as if it was not there ({@link UnreadablePolicy#leaveOut}).
     *
     * @param policy the policy
     * @return this builder
     */
    public SessionsBuilder onUnreadable(UnreadablePolicy policy) {
        this.onUnreadable = Check.once(this.onUnreadable, requireNonNull(policy, "policy"), "sessions.onUnreadable");
        return this;
    }

    /**
     * What {@code setAttribute} does with values that are not serializable. Default: {@link NonSerializable#REFUSE}.
     *
     * @param policy the policy
     * @return this builder
     */
    public SessionsBuilder nonSerializable(NonSerializable policy) {
        this.nonSerializable =
                Check.once(this.nonSerializable, requireNonNull(policy, "policy"), "sessions.nonSerializable");
        return this;
    }

    /**
     * Decides what an attribute becomes when requests on two nodes have changed it at the same moment. Default: an explicit
     * {@code setAttribute} or {@code removeAttribute} stays above a change inside an object, and else the later one wins;
     * both are counted in {@code flotilla.sessions.conflicts}.
     *
     * @param merger the merger
     * @return this builder
     */
    public SessionsBuilder merger(AttributeMerger merger) {
        this.merger = Check.once(this.merger, requireNonNull(merger, "merger"), "sessions.merger");
        return this;
    }

    /**
     * How long a session lives since its creation, however much it is used. Ends it like its timeout does. Default: as long
     * as it is used. Holds for sessions that are created after it was set.
     *
     * @param lifetime 1 s to 10 years, whole seconds
     * @return this builder
     */
    public SessionsBuilder lifetime(Duration lifetime) {
        this.lifetime = Check.once(this.lifetime, requireNonNull(lifetime, "lifetime"), "sessions.lifetime");
        return this;
    }

    /**
     * Which attribute says whose session it is: its {@code String.valueOf}. See {@link #principal(String, Function)}.
     *
     * @param attribute the attribute's name
     * @return this builder
     */
    public SessionsBuilder principal(String attribute) {
        return principal(attribute, String::valueOf);
    }

    /**
     * Which attribute says whose session it is, so that {@link Sessions#find} and {@link Sessions#end(String)} find it. A
     * session becomes the principal's when the attribute is stored, and nobody's when it is removed. Users of the same name
     * in two web applications are two. Default: sessions are nobody's.
     *
     * @param attribute the attribute's name
     * @param name the principal's name in the attribute's value, or null for nobody's; called when the attribute is stored,
     *     thread-safe
     * @return this builder
     */
    public SessionsBuilder principal(String attribute, Function<Object, @Nullable String> name) {
        PrincipalRule rule = PrincipalRule.of(requireNonNull(attribute, "attribute"), requireNonNull(name, "name"));
        this.principal = Check.once(this.principal, rule, "sessions.principal");
        return this;
    }

    /**
     * How many sessions a principal may have in a web application. When a session becomes the principal's and there are
     * more, those that were not used for longest end, as by {@link Sessions#end(String)}. Needs {@link #principal(String)}.
     * Default: any number.
     *
     * @param most 1 to 1 million
     * @return this builder
     */
    public SessionsBuilder sessionsPerPrincipal(int most) {
        this.sessionsPerPrincipal = Check.once(this.sessionsPerPrincipal, most, "sessions.sessionsPerPrincipal");
        return this;
    }

    /**
     * Makes all requests exclusive: see {@link #exclusive(Predicate)}. Requests that take long, such as server-sent events
     * and long polls, would hold up all others of their session: better name the requests.
     *
     * @return this builder
     */
    public SessionsBuilder exclusive() {
        return exclusive(ExclusiveRule.ALL);
    }

    /**
     * Which requests are exclusive: of those only one of a session runs at a time in the whole cluster, from its first look
     * at the session until it is over, asynchronous work and error pages included. Other requests are not held up. An
     * exclusive request that calls its own application with the same session by HTTP waits for itself. Default: none.
     *
     * @param requests whether a request is exclusive; asked once, when the request comes, thread-safe. It may look at
     *     method, path and headers, but not ask for the session or, before an encoding is set, for parameters.
     * @return this builder
     */
    public SessionsBuilder exclusive(Predicate<HttpServletRequest> requests) {
        return exclusive(ExclusiveRule.of(requireNonNull(requests, "requests")));
    }

    private SessionsBuilder exclusive(ExclusiveRule rule) {
        this.exclusive = Check.once(this.exclusive, rule, "sessions.exclusive");
        return this;
    }

    /**
     * How long an exclusive request waits for its turn, with its thread, before it is answered 503. Needs
     * {@link #exclusive()}. Default 15 seconds, in which the turn of a node that crashed or froze comes free.
     *
     * @param timeout 0 (does not wait) to 10 min
     * @return this builder
     */
    public SessionsBuilder turnTimeout(Duration timeout) {
        this.turnTimeout = Check.once(this.turnTimeout, requireNonNull(timeout, "timeout"), "sessions.turnTimeout");
        return this;
    }

    /**
     * A header that clients which are no browsers may have their session's id in, beside cookies and URLs: mobile
     * applications, other services. Such a client sends the header with each request, empty as long as it has no id; then
     * nothing else in the request counts, and the id is answered in the same header when a session begins or its id
     * changes, and an empty header when it is ended. Requests without the header are answered as ever, unless the web
     * application has neither cookies nor URLs as its tracking modes: then all are answered in the header. Default: none.
     *
     * @param name what the header is called, {@code X-Auth-Token} say
     * @return this builder
     */
    public SessionsBuilder header(String name) {
        this.header = Check.once(this.header, requireNonNull(name, "name"), "sessions.header");
        return this;
    }

    private SizeLimits limits() {
        long attribute = Objects.requireNonNullElse(maxAttributeSize, 1L << 20);
        return new SizeLimits(attribute, Objects.requireNonNullElse(maxSessionSize, Math.max(attribute, 4L << 20)));
    }

    private CodecSettings attributes() {
        CodecSettings defaults = CodecSettings.defaults("sessions");
        return new CodecSettings(
                defaults.module(),
                Objects.requireNonNullElse(codec, defaults.codec()),
                Objects.requireNonNullElse(alsoReads, defaults.alsoReads()),
                Objects.requireNonNullElse(allowClasses, defaults.allowClasses()));
    }

    SessionsConfig build() {
        return new SessionsConfig(
                timeout,
                Objects.requireNonNullElse(backups, 1),
                Objects.requireNonNullElseGet(
                        localCopies, () -> Runtime.getRuntime().maxMemory() / PART_OF_HEAP),
                Objects.requireNonNullElse(sweepInterval, Duration.ofSeconds(10)),
                limits(),
                Objects.requireNonNullElse(nonSerializable, NonSerializable.REFUSE),
                merger,
                listeners,
                attributes(),
                Objects.requireNonNullElseGet(onUnreadable, UnreadablePolicy::leaveOut),
                lifetime,
                Objects.requireNonNullElse(principal, PrincipalRule.NONE),
                sessionsPerPrincipal,
                Objects.requireNonNullElse(exclusive, ExclusiveRule.NONE),
                turnTimeout,
                header);
    }
}
