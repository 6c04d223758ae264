package io.flotilla.sessions.internal.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The session's id as a parameter of URLs' paths ({@code ;jsessionid=…}), for clients that return no cookies. It is only put
 * into links to the application itself.
 */
final class SessionUrl {
    private static final Pattern ABSOLUTE =
            Pattern.compile("(?i)(?:([a-z][a-z0-9+.-]*):)?//([^/?#]*)([^?#]*).*", Pattern.DOTALL);
    private static final Pattern OTHER_SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*", Pattern.DOTALL);

    private final String parameter;
    private final String contextPath;

    SessionUrl(ServletContext context) {
        parameter = ";" + new CookieSettings(context).parameter() + "=";
        contextPath = context.getContextPath();
    }

    /** What a request's path carries as the id, or null. */
    @Nullable
    String read(HttpServletRequest request) {
        String path = request.getRequestURI();
        int start = path.lastIndexOf(parameter);
        return start < 0 ? null : path.substring(start + parameter.length(), end(path, start + 1));
    }

    /** Where a parameter of a path, or the path, ends. */
    private static int end(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            if (";/?#".indexOf(url.charAt(i)) >= 0) {
                return i;
            }
        }
        return url.length();
    }

    /**
     * The same link with the id in its path, in place of one that it has already; unchanged if it leads elsewhere.
     *
     * @param request the client's own, to which relative links are relative
     */
    String encode(String url, SessionId id, HttpServletRequest request) {
        if (url.startsWith("#") || !isOurs(url, request)) {
            return url;
        }
        String bare = without(url);
        int end = Math.min(indexOrEnd(bare, '?'), indexOrEnd(bare, '#'));
        String path = end == 0 ? withoutQuery(request) : bare.substring(0, end);
        return path + parameter + id.value() + bare.substring(end);
    }

    private String withoutQuery(HttpServletRequest request) {
        return without(request.getRequestURI());
    }

    private String without(String url) {
        int path = Math.min(indexOrEnd(url, '?'), indexOrEnd(url, '#'));
        int start = url.indexOf(parameter);
        return start < 0 || start > path ? url : url.substring(0, start) + url.substring(end(url, start + 1));
    }

    private static int indexOrEnd(String text, char wanted) {
        int at = text.indexOf(wanted);
        return at < 0 ? text.length() : at;
    }

    private boolean isOurs(String url, HttpServletRequest request) {
        Matcher absolute = ABSOLUTE.matcher(url);
        if (absolute.matches()) {
            String path = absolute.group(3);
            return isSameServer(absolute.group(1), absolute.group(2), request) && !path.isEmpty() && isInContext(path);
        }
        if (OTHER_SCHEME.matcher(url).matches()) {
            return false; // mailto:, javascript:
        }
        String path = url.substring(0, Math.min(indexOrEnd(url, '?'), indexOrEnd(url, '#')));
        return isInContext(path.startsWith("/") ? path : directory(request.getRequestURI()) + path);
    }

    private static String directory(String path) {
        int parameters = indexOrEnd(path, ';');
        return path.substring(0, path.lastIndexOf('/', parameters) + 1);
    }

    private static boolean isSameServer(@Nullable String scheme, String authority, HttpServletRequest request) {
        String own = request.getScheme();
        if (scheme != null && !scheme.equalsIgnoreCase(own)) {
            return false;
        }
        String standard = own.equals("https") ? ":443" : ":80";
        String asked = authority.toLowerCase(Locale.ROOT);
        String host = asked.endsWith(standard) ? asked.substring(0, asked.length() - standard.length()) : asked;
        String port = ":" + request.getServerPort();
        return host.equals(request.getServerName().toLowerCase(Locale.ROOT) + (port.equals(standard) ? "" : port));
    }

    private boolean isInContext(String path) {
        String resolved = resolved(path);
        return resolved.equals(contextPath)
                || resolved.startsWith(contextPath + "/")
                || resolved.startsWith(contextPath + ";");
    }

    /** Without the steps that a client resolves: {@code .} and {@code ..}. */
    private static String resolved(String path) {
        Deque<String> steps = new ArrayDeque<>();
        for (String each : path.split("/", -1)) {
            if (each.equals("..")) {
                steps.pollLast();
            } else if (!each.equals(".")) {
                steps.addLast(each);
            }
        }
        return String.join("/", steps);
    }
}
