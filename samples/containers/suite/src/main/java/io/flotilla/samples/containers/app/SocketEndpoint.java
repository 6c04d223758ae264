package io.flotilla.samples.containers.app;

import jakarta.servlet.http.HttpSession;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection that keeps the session of its handshake, and uses it as it is told. */
@ServerEndpoint(value = "/socket", configurator = SocketEndpoint.Handshake.class)
public final class SocketEndpoint {
    private static final String SESSION = "session";

    /** Made by the container. */
    public SocketEndpoint() {}

    /** Hands the session over to the endpoint, the way that the specification has for it. */
    public static final class Handshake extends ServerEndpointConfig.Configurator {

        /** Made by the container. */
        public Handshake() {}

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            HttpSession session = (HttpSession) request.getHttpSession();
            Map<String, Object> properties = config.getUserProperties();
            properties.remove(SESSION);
            if (session != null) {
                session.setAttribute("handshake", "seen");
                properties.put(SESSION, session);
            }
        }
    }

    /** Tells what the session holds. */
    @OnOpen
    public void opened(Session connection) throws IOException {
        connection.getBasicRemote().sendText("opened with " + value(session(connection)));
    }

    /** Tells what became of one command. */
    @OnMessage
    public String told(Session connection, String command) {
        HttpSession session = session(connection);
        if (session == null) {
            return "no session";
        }
        try {
            switch (command) {
                case "set" -> session.setAttribute("x", "set");
                case "access" -> Servlet61.access(session);
                default -> {
                    return value(session);
                }
            }
            return "stored";
        } catch (IllegalStateException refused) {
            return "refused";
        }
    }

    private static @Nullable HttpSession session(Session connection) {
        return (HttpSession) connection.getUserProperties().get(SESSION);
    }

    private static String value(@Nullable HttpSession session) {
        return session == null ? "no session" : String.valueOf(session.getAttribute("x"));
    }
}
