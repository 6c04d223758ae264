package io.flotilla.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator may see of somebody's session: neither its id nor a value of it. A moment's picture. Immutable.
 *
 * @since 0.1
 */
public interface SessionInfo {

    /**
     * Returns the name of this session among its principal's, for {@link Sessions#end(String, String)}. It stays the same
     * for the session's life and opens nothing.
     *
     * @return 32 hexadecimal digits
     */
    String handle();

    /**
     * Returns whose session it is among the web applications.
     *
     * @return the web application's context path
     */
    String application();

    /**
     * Returns when the session was created.
     *
     * @return the moment
     */
    Instant created();

    /**
     * Returns when its latest request came.
     *
     * @return the moment
     */
    Instant lastAccessed();

    /**
     * Returns how long the session lives without a request.
     *
     * @return the timeout, or nothing if it never times out
     */
    Optional<Duration> timeout();

    /**
     * Returns the sizes of its attributes.
     *
     * @return the names and the bytes that the serialized values have
     */
    Map<String, Integer> attributes();
}
