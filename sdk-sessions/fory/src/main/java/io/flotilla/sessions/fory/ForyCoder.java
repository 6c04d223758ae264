package io.flotilla.sessions.fory;

import io.flotilla.codec.ApplicationClasses;
import io.flotilla.codec.ValueCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.fory.exception.ForyException;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.memory.MemoryUtils;
import org.apache.fory.resolver.SharedRegistry;

/**
 * Fory in one application. A {@code Fory} works for one thread at a time; as many are made as are ever needed at once,
 * and no thread keeps one, so that the application's classes go with the application.
 */
final class ForyCoder implements ValueCodec.Coder {
    private final ApplicationClasses classes;
    private final SharedRegistry shared = new SharedRegistry();
    private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

    ForyCoder(ApplicationClasses classes) {
        this.classes = classes;
    }

    @Override
    public void encode(Object value, OutputStream out) throws IOException {
        Worker worker = worker();
        try {
            worker.fory().serialize(out, value);
        } catch (ForyException | UnsupportedOperationException failure) {
            throw worker.checker().notStorable(failure);
        }
        idle.add(worker);
    }

    @Override
    public Object decode(byte[] bytes, int from) throws IOException, ClassNotFoundException {
        MemoryBuffer buffer = MemoryUtils.wrap(bytes, from, bytes.length - from);
        Worker worker = worker();
        Object value;
        try {
            value = worker.fory().deserialize(buffer);
        } catch (RuntimeException failure) {
            throw worker.checker().notReadable(failure);
        }
        idle.add(worker);
        return value;
    }

    private Worker worker() {
        Worker worker = idle.poll();
        return worker == null ? Worker.of(classes, shared) : worker;
    }
}
