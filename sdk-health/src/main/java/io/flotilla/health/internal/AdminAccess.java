package io.flotilla.health.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who may see details and give orders: whoever knows the token, from whatever address. */
final class AdminAccess {
    private final @Nullable AdminToken token;

    /** What a request's credentials are worth. */
    enum Verdict {
        GRANTED,
        NO_CREDENTIALS,
        WRONG_CREDENTIALS
    }

    AdminAccess(@Nullable AdminToken token) {
        this.token = token;
    }

    Verdict judge(HttpServletRequest request) {
        String presented = presented(request.getHeader("Authorization"));
        if (presented == null) {
            return Verdict.NO_CREDENTIALS;
        }
        return token != null && token.matches(presented) ? Verdict.GRANTED : Verdict.WRONG_CREDENTIALS;
    }

    /** Lets an administrator pass, or answers anybody else; returns whether the request may go on. */
    boolean admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (judge(request)) {
            case GRANTED -> {
                return true;
            }
            case WRONG_CREDENTIALS -> refusal().send(request, response);
            case NO_CREDENTIALS -> ask(request, response);
        }
        return false;
    }

    private void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (token == null) {
            Reply.problem(403, "Forbidden", "this node has no admin token, so this is closed to everybody")
                    .send(request, response);
            return;
        }
        response.addHeader("WWW-Authenticate", "Bearer realm=\"flotilla\"");
        response.addHeader("WWW-Authenticate", "Basic realm=\"flotilla\", charset=\"UTF-8\"");
        Reply.problem(401, "Unauthorized", "send the admin token, as a bearer token or as the password of Basic")
                .send(request, response);
    }

    static Reply refusal() throws IOException {
        return Reply.problem(403, "Forbidden", "this is not the admin token of this node");
    }

    /** The token in an Authorization header of either scheme; null if there is none of them. */
    private static @Nullable String presented(@Nullable String header) {
        if (header == null) {
            return null;
        }
        int space = header.indexOf(' ');
        String scheme = space < 0 ? header : header.substring(0, space);
        String credentials = space < 0 ? "" : header.substring(space + 1).strip();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "bearer" -> credentials;
            case "basic" -> password(credentials);
            default -> null;
        };
    }

    private static String password(String credentials) {
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException garbled) {
            return ""; // given, but not the token
        }
    }
}
