package io.flotilla.benchmarks.sessions;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One request at a time, over a connection to each node, for some of the sessions. */
final class Client implements AutoCloseable {
    private static final int LARGEST_RESPONSE = 1 << 14;

    private final Farm farm;
    private final Selector selector;
    private final List<SocketChannel> connections = new ArrayList<>();
    private final List<Visitor> visitors = new ArrayList<>();
    private final Visitor guest;
    private final byte[] read = new byte[LARGEST_RESPONSE];
    private final ByteBuffer response = ByteBuffer.wrap(read);
    private int introduced;
    private Visitor visitor;
    private String path = "";
    private int node;
    private long sent;

    /** What has come over a connection. */
    enum Received {
        /** Nothing yet, or a part. */
        MORE,
        /** The request was done. */
        OK,
        /** It was not. */
        FAILED
    }

    Client(Farm farm, Selector selector, int number, int sessions) throws IOException {
        this.farm = farm;
        this.selector = selector;
        for (int port : farm.ports()) {
            connections.add(connect(port));
        }
        for (int i = 0; i < sessions; i++) {
            visitors.add(new Visitor(number + i));
        }
        guest = new Visitor(number);
        visitor = guest;
    }

    private SocketChannel connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        return channel;
    }

    /** Whether one of its own sessions has not been created. */
    boolean hasFresh() {
        return introduced < visitors.size();
    }

    void send(Workload workload, RandomGenerator random) throws IOException {
        visitor = choose(workload, random);
        path = workload.path(visitor, random);
        node = visitor.nextNode(connections.size(), farm.system().isSticky());
        response.clear();
        sent = System.nanoTime();
        ByteBuffer request = ByteBuffer.wrap(visitor.request(path));
        while (request.hasRemaining()) {
            connections.get(node).write(request); // a short request into an empty buffer: once, as good as always
        }
    }

    private Visitor choose(Workload workload, RandomGenerator random) {
        if (hasFresh()) {
            return visitors.get(introduced++);
        }
        return workload.beginsWithout() ? guest : visitors.get(random.nextInt(visitors.size()));
    }

    /** Reads what there is. A connection that the server has closed is made anew, and its request has failed. */
    Received receive(SelectableChannel readable) throws IOException {
        int at = connections.indexOf(readable);
        if (read(connections.get(at)) < 0) {
            connections.get(at).close();
            connections.set(at, connect(farm.ports().get(at)));
            return at == node ? Received.FAILED : Received.MORE;
        }
        Optional<Response> complete = Response.parse(read, response.position());
        if (complete.isEmpty()) {
            return Received.MORE;
        }
        visitor.take(complete.get().cookie());
        if (Workload.ends(path)) {
            visitor.forget();
        }
        return complete.get().ok() ? Received.OK : Received.FAILED;
    }

    private int read(SocketChannel channel) {
        try {
            return channel.read(response);
        } catch (IOException broken) {
            return -1;
        }
    }

    /** Since the request was sent, in nanoseconds. */
    long elapsed() {
        return System.nanoTime() - sent;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel each : connections) {
            each.close();
        }
    }
}
