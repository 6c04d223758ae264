package io.flotilla.samples.containers;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that shows the answer to its handshake, as the JDK's own does not. Knows short texts only. */
final class WireSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOMENT_MILLIS = 500;
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final byte[] NO_MASK = new byte[4];
    private static final byte[] CLOSE = {(byte) 0x88, (byte) MASKED, 0, 0, 0, 0};

    private final Socket socket;
    private final DataInputStream in;

    /** Sends the handshake, and does not wait for the answer. */
    WireSocket(RunningContainer server, String path, @Nullable String cookie) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        String handshake = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (cookie == null ? "" : "Cookie: JSESSIONID=" + cookie + "\r\n")
                + "\r\n";
        socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether there is something to read within a moment. */
    boolean isAnswered() throws IOException {
        in.mark(1);
        socket.setSoTimeout(MOMENT_MILLIS);
        try {
            boolean answered = in.read() >= 0;
            in.reset();
            return answered;
        } catch (SocketTimeoutException notYet) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** The head of the answer to the handshake. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    void send(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.write(new byte[] {(byte) TEXT, (byte) (MASKED | bytes.length)});
        out.write(NO_MASK);
        out.write(bytes);
    }

    String receive() throws IOException {
        int kind = in.readUnsignedByte();
        if (kind != TEXT) {
            throw new IOException("expected a text, but there was a frame of kind " + kind);
        }
        byte[] bytes = new byte[in.readUnsignedByte()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    String ask(String text) throws IOException {
        send(text);
        return receive();
    }

    /** In order: containers log an error if a client just hangs up. */
    @Override
    public void close() throws IOException {
        try (socket) {
            socket.getOutputStream().write(CLOSE);
            in.readAllBytes();
        }
    }
}
